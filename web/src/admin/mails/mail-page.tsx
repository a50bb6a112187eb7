import { Stack, Tabs, Text } from '@mantine/core';
import { useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CustomerLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import classes from './mail-page.module.css';

export function MailPage() {
  const id = useRouteId();
  const mail = useApiQuery('/api/v1/mails/{id}', { path: { id } });
  return <Loaded query={mail}>{(data) => <Mail mail={data} />}</Loaded>;
}

function Mail({ mail }: { mail: Api<'Mail'> }) {
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
              ['Template', mail.template],
              ['Written', <Moment key="written" at={mail.createdAt} />],
              ['Sent', mail.sentAt ? <Moment key="sent" at={mail.sentAt} /> : 'Not yet'],
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
              {/* An empty sandbox: no script, no form and no way out of the frame, whatever the template holds. */}
              <iframe className={classes.preview} sandbox="" srcDoc={mail.html} title={`Preview of ${mail.subject}`} />
            </Tabs.Panel>
            <Tabs.Panel value="text" pt="md">
              <Text component="pre" className={classes.text}>
                {mail.text}
              </Text>
            </Tabs.Panel>
          </Tabs>
        </Section>
      </Stack>
    </Page>
  );
}
