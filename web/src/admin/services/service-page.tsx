import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { apiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { CancellationNotice } from '../../cancellation/cancellation-notice.tsx';
import { PendingChange } from '../../packages/pending-change.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cycleName } from '../../ui/cycle.ts';
import { Facts } from '../../ui/facts.tsx';
import { Money } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day, Instant } from '../../ui/time.tsx';
import { isUnfinished } from '../operations/unfinished.ts';
import { PanelCallsTable } from '../panel-log/panel-calls-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CustomerLink, OrderLink, ProductLink, ServerLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { ProposedTermination } from './proposed-termination.tsx';
import { ServiceExemptions } from './service-exemptions.tsx';
import { ServiceOperations } from './service-operations.tsx';
import { ServiceUsage } from './service-usage.tsx';
import { ServiceVerbs } from './service-verbs.tsx';

type Service = Api<'Service'>;

const BUSY_REFRESH_MS = 2000;

export function ServicePage() {
  const id = useRouteId();
  const service = useQuery({
    ...apiQuery('/api/v1/services/{id}', { path: { id } }),
    refetchInterval: (query) => (query.state.data?.operations.some(isUnfinished) ? BUSY_REFRESH_MS : false),
  });
  return <Loaded query={service}>{(data) => <ServiceDetail service={data} />}</Loaded>;
}

function ServiceDetail({ service }: { service: Service }) {
  const can = useCan();
  const roleRefusal = useRoleRefusal();
  return (
    <Page
      title={service.domain}
      badge={<StateBadge state={service.state} />}
      subtitle={`Service #${service.number}, ${service.productName}`}
      breadcrumbs={[{ label: 'Services', href: '/admin/services' }]}
      actions={<ServiceVerbs service={service} />}
    >
      <Stack gap="lg">
        {service.state === 'suspended' && (
          <Notice tone="warn" title={SUSPENDED_BY[service.suspendCause ?? 'staff']}>
            {service.suspendReason}
          </Notice>
        )}
        {service.state === 'suspended' && <ProposedTermination serviceId={service.id} />}
        <CancellationNotice door="staff" service={service} refusal={roleRefusal('services:write')} />
        <PendingChange
          door="staff"
          serviceId={service.id}
          refusal={roleRefusal('services:write')}
          invoices="/admin/invoices"
        />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Agreement service={service} />
          <Account service={service} />
        </SimpleGrid>
        {!ENDED.has(service.state) && <ServiceExemptions serviceId={service.id} />}
        <ServiceOperations operations={service.operations} />
        {can('operations:read') && (
          <Section title="Panel calls" flush>
            <PanelCallsTable of={{ serviceId: service.id }} />
          </Section>
        )}
      </Stack>
    </Page>
  );
}

/** Nothing happens by itself to these any more. */
const ENDED: ReadonlySet<Service['state']> = new Set(['terminated', 'cancelled']);

const SUSPENDED_BY: Record<NonNullable<Service['suspendCause']>, string> = {
  overdue: 'Suspended because an invoice is overdue',
  abuse: 'Suspended for abuse',
  staff: 'Suspended by staff',
};

function Agreement({ service }: { service: Service }) {
  const rows: [string, ReactNode][] = [
    ['Customer', <CustomerLink key="customer" id={service.customerId} name={service.customerName} />],
    ['Product', <ProductLink key="product" id={service.productId} name={service.productName} />],
    ['Order', <OrderLink key="order" id={service.orderId} name="Open order" />],
    ['Billed', cycleName(service.cycle)],
    ['Recurring', <Money key="recurring" minor={service.recurringMinor} currency={service.currency} />],
    ['Next due', <Day key="due" day={service.nextDueOn} />],
    ...service.options.map((option): [string, ReactNode] => [option.name, option.label]),
    ...Object.entries(service.orderAnswers)
      .filter(([, answer]) => answer !== null && answer !== '')
      .map(([name, answer]): [string, ReactNode] => [`Answer: ${name}`, String(answer)]),
  ];
  return (
    <Section title="Agreement">
      <Facts rows={rows} />
    </Section>
  );
}

function Account({ service }: { service: Service }) {
  return (
    <Section title="Account on the panel">
      <Stack gap="md">
        <Facts
          rows={[
            [
              'Server',
              service.serverId ? (
                <ServerLink key="server" id={service.serverId} name={service.serverName ?? 'Open server'} />
              ) : (
                'Not placed yet'
              ),
            ],
            [
              'User name',
              service.username && (
                <Text key="username" span ff="monospace" size="sm">
                  {service.username} <CopyButton value={service.username} label="user name" />
                </Text>
              ),
            ],
            ['Panel’s own id', service.remoteId],
            ['IP address', service.ipAddress],
            ['Nameservers', service.nameservers.join(', ')],
            ['Active since', service.activatedAt && <Instant key="active" at={service.activatedAt} />],
            ...(service.terminatedAt
              ? [['Terminated', <Instant key="end" at={service.terminatedAt} />] as [string, ReactNode]]
              : []),
          ]}
        />
        {service.state === 'active' && <ServiceUsage serviceId={service.id} />}
      </Stack>
    </Section>
  );
}
