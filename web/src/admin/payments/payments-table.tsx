import { Text } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Money } from '../../ui/money.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';
import { Whole } from '../../ui/whole.tsx';

const STATES = [
  { value: 'settled', label: 'Settled' },
  { value: 'pending', label: 'Pending' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'declined', label: 'Declined' },
  { value: 'unknown', label: 'Unclear' },
];

/** Payments of everybody, or of one customer inside its page. */
export function PaymentsTable({ customerId }: { customerId?: string }) {
  const everybody = customerId === undefined;
  return (
    <DataTable
      label="Payments"
      path="/api/v1/payments"
      params={{ query: { customerId } }}
      search={everybody ? 'Number, reference or customer' : undefined}
      filters={everybody ? [{ name: 'state', label: 'State', choices: STATES }] : []}
      flush={!everybody}
      urlPrefix={everybody ? undefined : 'payments-'}
      limit={everybody ? 25 : 5}
      rowHref={(payment) => `/admin/payments/${payment.id}`}
      columns={[
        { key: 'invoice', header: 'Invoice', cell: (payment) => <Whole>{payment.invoiceNumber}</Whole> },
        ...(everybody
          ? [{ key: 'customer', header: 'Customer', cell: (payment: { customerName: string }) => payment.customerName }]
          : []),
        { key: 'state', header: 'State', cell: (payment) => <StateBadge state={payment.state} /> },
        {
          key: 'gateway',
          header: 'Through',
          hideOnPhone: true,
          cell: (payment) => (
            <>
              {payment.gatewayName}
              {payment.message && (
                <Text size="xs" c="dimmed">
                  {payment.message}
                </Text>
              )}
            </>
          ),
        },
        { key: 'reference', header: 'Reference', hideOnPhone: true, cell: (payment) => payment.reference ?? '–' },
        {
          key: 'amount',
          header: 'Amount',
          align: 'end',
          cell: (payment) => (
            <>
              <Money minor={payment.amountMinor} currency={payment.currency} />
              {payment.refundedMinor > 0 && (
                <Text size="xs" c="dimmed">
                  <Money minor={payment.refundedMinor} currency={payment.currency} /> refunded
                </Text>
              )}
            </>
          ),
        },
        { key: 'createdAt', header: 'When', sortable: true, cell: (payment) => <Moment at={payment.createdAt} /> },
      ]}
      empty={
        <EmptyState icon={IconCash} title="No payments yet" text="Every attempt to pay is listed, declined ones too." />
      }
    />
  );
}
