import { Page } from '../../ui/page.tsx';
import { PaymentsTable } from './payments-table.tsx';

export const PaymentsPage = () => (
  <Page title="Payments">
    <PaymentsTable />
  </Page>
);
