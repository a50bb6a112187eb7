import { Stack, Tabs } from '@mantine/core';
import { useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Instant } from '../../ui/time.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CustomerLink, MailTemplateLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { MailFrame, MailText } from './mail-frame.tsx';

export function MailPage() {
  const id = useRouteId();
  const mail = useApiQuery('/api/v1/mails/{id}', { path: { id } });
  return <Loaded query={mail}>{(data) => <Mail mail={data} />}</Loaded>;
}

function Mail({ mail }: { mail: Api<'Mail'> }) {
  const can = useCan();
  const roleRefusal = useRoleRefusal();
  const resend = useApiMutation('post', '/api/v1/mails/{id}/resend', {
    onSuccess: () => notifySuccess('The mail is on its way again.'),
    onError: notifyProblem,
  });
  return (
    <Page
      title={mail.subject}
      breadcrumbs={[{ label: 'Mails', href: '/admin/mails' }]}
      actions={
        <ActionButton
          variant="default"
          loading={resend.isPending}
          refusal={roleRefusal('customers:write')}
          onClick={() => resend.mutate({ path: { id: mail.id } })}
        >
          Send again
        </ActionButton>
      }
    >
      <Stack gap="lg">
        <Section title="Delivery">
          <Facts
            rows={[
              ['State', <StateBadge key="state" state={mail.state} />],
              ['To', mail.toAddress],
              [
                'Customer',
                mail.customerId ? <CustomerLink key="customer" id={mail.customerId} name="Open customer" /> : 'None',
              ],
              [
                'Template',
                can('settings:read') ? (
                  <MailTemplateLink key="template" id={mail.template} name={mail.templateName} />
                ) : (
                  mail.templateName
                ),
              ],
              ['Written', <Instant key="written" at={mail.createdAt} />],
              ['Sent', mail.sentAt ? <Instant key="sent" at={mail.sentAt} /> : 'Not yet'],
              ['Attempts', mail.attempts],
              ...(mail.error ? ([['Mail server said', mail.error]] as [string, string][]) : []),
            ]}
          />
        </Section>
        <Section title="Content" description="As it was sent, with passwords struck out.">
          <Tabs defaultValue="html" keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="html">Formatted</Tabs.Tab>
              <Tabs.Tab value="text">Plain text</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="html" pt="md">
              <MailFrame html={mail.html} title={`Preview of ${mail.subject}`} />
            </Tabs.Panel>
            <Tabs.Panel value="text" pt="md">
              <MailText text={mail.text} />
            </Tabs.Panel>
          </Tabs>
        </Section>
      </Stack>
    </Page>
  );
}
