import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { CancellationNotice } from '../cancellation/cancellation-notice.tsx';
import { PendingChange } from '../packages/pending-change.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { cycleName, perCycle } from '../ui/cycle.ts';
import { Facts } from '../ui/facts.tsx';
import { ButtonLink, TextLink } from '../ui/links.tsx';
import { Money } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { Section } from '../ui/section.tsx';
import { useRightRefusal, useSession } from '../ui/session.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Day, Minute } from '../ui/time.tsx';
import classes from './portal.module.css';
import { ServiceCancellation } from './service-cancellation.tsx';
import { ServiceLogin } from './service-login.tsx';
import { ServiceUsage } from './service-usage.tsx';
import { SignOnButton } from './sign-on-button.tsx';

type OwnService = Api<'OwnService'>;

/** While something is being done to the service, it is read this often. */
const BUSY_REFETCH_MS = 3000;

export function ServicePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const service = useApiQuery(
    '/api/v1/portal/services/{id}',
    { path: { id } },
    { refetchInterval: (answer) => (answer?.openOperation ? BUSY_REFETCH_MS : false) },
  );
  if (service.error) return <PageError error={service.error} onRetry={() => void service.refetch()} />;
  if (!service.data) return <PageLoading />;
  return <Service service={service.data} />;
}

function Service({ service }: { service: OwnService }) {
  const rightRefusal = useRightRefusal();
  const { customerRights } = useSession();
  return (
    <Page
      title={service.domain}
      subtitle={service.productName}
      badge={<StateBadge state={service.state} />}
      breadcrumbs={[{ label: 'Services', href: '/portal/services' }]}
      actions={<SignOnButton service={service} />}
    >
      <Stack gap="lg">
        <Standing service={service} />
        <CancellationNotice door="customer" service={service} refusal={rightRefusal('billing')} />
        <PendingChange
          door="customer"
          serviceId={service.id}
          refusal={rightRefusal('billing')}
          invoices={customerRights.includes('billing') ? '/portal/invoices' : null}
        />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          <Stack gap="lg">
            {service.username && <ServiceLogin service={service} />}
            <Section title="Technical">
              <Facts
                rows={[
                  ['Server', service.serverHostname],
                  ['IP address', service.ipAddress && <Copyable value={service.ipAddress} label="IP address" />],
                  [
                    'Nameservers',
                    service.nameservers.length > 0 &&
                      service.nameservers.map((name) => (
                        <Copyable key={name} value={name} label={`nameserver ${name}`} />
                      )),
                  ],
                ].map(([label, value]) => [label as string, value || null])}
              />
            </Section>
            <Section title="History">
              {service.history.length === 0 ? (
                <Text size="sm" c="dimmed">
                  Nothing has happened yet.
                </Text>
              ) : (
                <ul className={classes.history}>
                  {service.history.map((entry) => (
                    <li key={`${entry.at}${entry.text}`}>
                      {entry.text}
                      <Minute at={entry.at} />
                    </li>
                  ))}
                </ul>
              )}
            </Section>
          </Stack>
          <Stack gap="lg">
            {service.state === 'active' && <ServiceUsage serviceId={service.id} />}
            <Section
              title="Plan and billing"
              actions={
                service.state === 'active' && (
                  <ButtonLink href={`/portal/services/${service.id}/change-package`} variant="default" size="xs">
                    Change package
                  </ButtonLink>
                )
              }
            >
              <Facts
                rows={[
                  ['Plan', service.productName],
                  ['Billing cycle', cycleName(service.cycle)],
                  [
                    'Renews at',
                    <span key="price">
                      <Money minor={service.recurringMinor} currency={service.currency} /> {perCycle(service.cycle)}
                    </span>,
                  ],
                  ['Next due', <Day key="due" day={service.nextDueOn} />],
                  ...service.options.map((option): [string, string] => [option.name, option.label]),
                  [
                    'Ordered with',
                    <TextLink key="order" href={`/orders/${service.orderId}`} size="sm">
                      This order
                    </TextLink>,
                  ],
                ]}
              />
            </Section>
            {rightRefusal('billing') === null && <ServiceCancellation service={service} />}
          </Stack>
        </SimpleGrid>
      </Stack>
    </Page>
  );
}

const Copyable = ({ value, label }: { value: string; label: string }) => (
  <span style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
    {value} <CopyButton value={value} label={label} />
  </span>
);

/** Why the service is not simply running, and what the customer can do. */
function Standing({ service }: { service: OwnService }) {
  const maySeeInvoices = useSession().customerRights.includes('billing');
  if (service.state === 'suspended') {
    return (
      <Notice tone="warn" title="This service is suspended">
        <Stack gap="sm" align="flex-start">
          <Text size="sm">
            {service.suspendCause === 'overdue'
              ? `An invoice is overdue. Files and mail are kept, and it comes back by itself once ${maySeeInvoices ? 'the invoice is paid' : 'somebody with billing rights has paid it'}.`
              : service.suspendReason || 'Please write to us to have it brought back.'}
          </Text>
          {service.suspendCause === 'overdue' && maySeeInvoices && (
            <ButtonLink href="/portal/invoices?state=unpaid" size="xs">
              See unpaid invoices
            </ButtonLink>
          )}
        </Stack>
      </Notice>
    );
  }
  if (service.state === 'pending') {
    return (
      <Notice tone="busy" title="This service is not set up yet">
        <TextLink href={`/orders/${service.orderId}`} size="sm">
          See how far it is
        </TextLink>
      </Notice>
    );
  }
  return service.openOperation ? (
    <Notice tone="busy">A change to this service is under way. This page follows it.</Notice>
  ) : null;
}
