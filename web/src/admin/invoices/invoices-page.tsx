import { Page } from '../../ui/page.tsx';
import { InvoicesTable } from './invoices-table.tsx';

export const InvoicesPage = () => (
  <Page title="Invoices">
    <InvoicesTable />
  </Page>
);
