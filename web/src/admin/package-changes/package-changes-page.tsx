import { Group, Stack, Text } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Money } from '../../ui/money.tsx';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { formatDay, Moment } from '../../ui/time.tsx';
import { CustomerLink, InvoiceLink, OperationLink } from '../shared/room-links.tsx';

type Change = Api<'PackageChangeSummary'>;

const STATES = [
  { value: 'late', label: 'Waiting too long' },
  { value: 'unpaid', label: 'Unpaid' },
  { value: 'ready', label: 'Waiting for its turn' },
  { value: 'planned', label: 'With the panel' },
  { value: 'done', label: 'Made' },
  { value: 'abandoned', label: 'Abandoned' },
  { value: 'all', label: 'All' },
];

/** What customers and staff asked for and the panel has not confirmed yet, and why. */
export const PackageChangesPage = () => (
  <Page title="Package changes" subtitle="Services that are to move to another package, and what each waits for.">
    <DataTable
      label="Package changes"
      path="/api/v1/package-changes"
      filters={[{ name: 'state', label: 'State: open', choices: STATES }]}
      rowHref={(change) => `/admin/services/${change.serviceId}`}
      columns={[
        { key: 'domain', header: 'Service', cell: (change) => change.domain },
        {
          key: 'packages',
          header: 'From and to',
          cell: (change) => `${change.fromProductName} → ${change.toProductName}`,
        },
        { key: 'waitsFor', header: 'Waits for', cell: (change) => <WaitsFor change={change} /> },
        {
          key: 'customer',
          header: 'Customer',
          cell: (change) => <CustomerLink id={change.customerId} name={change.customerName} />,
        },
        {
          key: 'due',
          header: 'Difference',
          align: 'end',
          cell: (change) => (change.charged ? <Money minor={change.dueMinor} currency={change.currency} /> : 'Waived'),
        },
        { key: 'createdAt', header: 'Asked', sortable: true, cell: (change) => <Moment at={change.createdAt} /> },
      ]}
      empty={
        <EmptyState
          icon={IconArrowsExchange}
          title="No package change is open"
          text="Customers change packages in the portal; you do on a service's page."
        />
      }
    />
  </Page>
);

function WaitsFor({ change }: { change: Change }) {
  if (change.waitsFor === null)
    return (
      <StateBadge
        state={change.state === 'done' ? 'done' : 'cancelled'}
        label={change.state === 'done' ? 'Made' : 'Abandoned'}
      />
    );
  return (
    <Group gap={8} wrap="wrap">
      <Reason change={change} />
      {change.late && <StateBadge state="suspended" label="Too long" />}
    </Group>
  );
}

function Reason({ change }: { change: Change }) {
  if (change.waitsFor === 'payment' && change.invoiceId)
    return (
      <Stack gap={0}>
        <InvoiceLink id={change.invoiceId} name={change.invoiceNumber ?? 'Its invoice'} />
        <Text size="xs" c="dimmed">
          To be paid{change.invoiceDueOn && `, due ${formatDay(change.invoiceDueOn)}`}
        </Text>
      </Stack>
    );
  if (change.waitsFor === 'turn') return 'Another operation of the service';
  const name = change.waitsFor === 'staff' ? 'Somebody of the staff' : 'The panel';
  return change.operationId ? <OperationLink id={change.operationId} name={name} /> : name;
}
