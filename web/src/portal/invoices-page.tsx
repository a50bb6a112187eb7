import { IconFileInvoice } from '@tabler/icons-react';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Money } from '../ui/money.tsx';
import { Page } from '../ui/page.tsx';
import { StateBadge, stateLabel } from '../ui/state-badge.tsx';
import { Day } from '../ui/time.tsx';
import { Whole } from '../ui/whole.tsx';

const STATES = ['unpaid', 'paid', 'void'];

export const InvoicesPage = () => (
  <Page title="Invoices">
    <DataTable
      label="Invoices"
      path="/api/v1/portal/invoices"
      search="Number"
      filters={[
        { name: 'state', label: 'State', choices: STATES.map((value) => ({ value, label: stateLabel(value) })) },
      ]}
      rowHref={(invoice) => `/portal/invoices/${invoice.id}`}
      columns={[
        { key: 'number', header: 'Number', sortable: true, cell: (invoice) => <Whole>{invoice.number}</Whole> },
        { key: 'state', header: 'State', cell: (invoice) => <StateBadge state={invoice.state} /> },
        { key: 'issuedOn', header: 'Issued', cell: (invoice) => <Day day={invoice.issuedOn} />, hideOnPhone: true },
        { key: 'dueOn', header: 'Due', sortable: true, cell: (invoice) => <Day day={invoice.dueOn} /> },
        {
          key: 'totalMinor',
          sortable: true,
          header: 'Total',
          align: 'end',
          cell: (invoice) => <Money minor={invoice.totalMinor} currency={invoice.currency} />,
        },
      ]}
      empty={<EmptyState icon={IconFileInvoice} title="No invoices yet" text="Every order and renewal brings one." />}
    />
  </Page>
);
