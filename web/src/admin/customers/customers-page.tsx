import { IconUsers } from '@tabler/icons-react';
import { countryName } from '../../ui/countries.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Moment } from '../../ui/time.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { AddCustomerForm } from './add-customer-form.tsx';
import { Balances } from './balances.tsx';

export const CustomersPage = () => (
  <Page title="Customers" actions={<AddCustomerButton />}>
    <DataTable
      label="Customers"
      path="/api/v1/customers"
      search="Name, e-mail or number"
      rowHref={(customer) => `/admin/customers/${customer.id}`}
      columns={[
        { key: 'name', header: 'Name', cell: (customer) => customer.name },
        { key: 'number', header: 'Number', sortable: true, hideOnPhone: true, cell: (customer) => customer.number },
        { key: 'email', header: 'E-mail', sortable: true, cell: (customer) => customer.email },
        {
          key: 'country',
          header: 'Country',
          hideOnPhone: true,
          cell: (customer) => countryName(customer.country ?? '') || '–',
        },
        { key: 'credit', header: 'Credit', align: 'end', cell: (customer) => <Balances balances={customer.credit} /> },
        {
          key: 'createdAt',
          header: 'Since',
          sortable: true,
          hideOnPhone: true,
          cell: (customer) => <Moment at={customer.createdAt} />,
        },
      ]}
      empty={
        <EmptyState
          icon={IconUsers}
          title="No customers yet"
          text="They appear here when they sign up in the store, or when you add them."
        />
      }
    />
  </Page>
);

function AddCustomerButton() {
  const refusal = useRoleRefusal()('customers:write');
  return (
    <DialogButton label="Add customer" variant="filled" refusal={refusal} dialogSize="lg">
      {(close) => <AddCustomerForm onDone={close} />}
    </DialogButton>
  );
}
