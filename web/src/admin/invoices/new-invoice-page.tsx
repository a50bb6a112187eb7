import { ForCustomer } from '../shared/for-customer.tsx';
import { NewInvoiceForm } from './new-invoice-form.tsx';

export const NewInvoicePage = () => (
  <ForCustomer title="Add invoice" list={{ label: 'Invoices', href: '/admin/invoices' }}>
    {(customer) => <NewInvoiceForm customer={customer} />}
  </ForCustomer>
);
