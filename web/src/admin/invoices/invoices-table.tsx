import { IconFileInvoice } from '@tabler/icons-react';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Money } from '../../ui/money.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day } from '../../ui/time.tsx';
import { Whole } from '../../ui/whole.tsx';

const STATES = [
  { value: 'unpaid', label: 'Unpaid' },
  { value: 'paid', label: 'Paid' },
  { value: 'void', label: 'Void' },
];

/** Invoices of everybody, or of one customer inside its page. */
export function InvoicesTable({ customerId }: { customerId?: string }) {
  const everybody = customerId === undefined;
  return (
    <DataTable
      label="Invoices"
      path="/api/v1/invoices"
      params={{ query: { customerId } }}
      search={everybody ? 'Number or customer' : undefined}
      filters={everybody ? [{ name: 'state', label: 'State', choices: STATES }] : []}
      flush={!everybody}
      urlPrefix={everybody ? undefined : 'invoices-'}
      limit={everybody ? 25 : 5}
      rowHref={(invoice) => `/admin/invoices/${invoice.id}`}
      columns={[
        { key: 'number', header: 'Invoice', sortable: true, cell: (invoice) => <Whole>{invoice.number}</Whole> },
        ...(everybody
          ? [{ key: 'customer', header: 'Customer', cell: (invoice: { customerName: string }) => invoice.customerName }]
          : []),
        { key: 'state', header: 'State', cell: (invoice) => <StateBadge state={invoice.state} /> },
        {
          key: 'issuedOn',
          header: 'Issued',
          hideOnPhone: true,
          cell: (invoice) => <Day day={invoice.issuedOn} />,
        },
        { key: 'dueOn', header: 'Due', sortable: true, cell: (invoice) => <Day day={invoice.dueOn} /> },
        {
          key: 'total',
          header: 'Total',
          align: 'end',
          cell: (invoice) => <Money minor={invoice.totalMinor} currency={invoice.currency} />,
        },
        {
          key: 'due',
          header: 'Still owed',
          align: 'end',
          cell: (invoice) =>
            invoice.dueMinor === 0 ? '–' : <Money minor={invoice.dueMinor} currency={invoice.currency} />,
        },
      ]}
      empty={
        <EmptyState
          icon={IconFileInvoice}
          title="No invoices yet"
          text="Every order and every renewal makes one; you can add others."
        />
      }
    />
  );
}
