import { Page } from '../../ui/page.tsx';
import { OrdersTable } from './orders-table.tsx';

export const OrdersPage = () => (
  <Page title="Orders">
    <OrdersTable />
  </Page>
);
