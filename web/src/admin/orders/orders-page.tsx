import { ButtonLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { useCan } from '../../ui/session.tsx';
import { OrdersTable } from './orders-table.tsx';

export function OrdersPage() {
  const add = useCan()('orders:write') && <ButtonLink href="/admin/orders/new">Add order</ButtonLink>;
  return (
    <Page title="Orders" actions={add}>
      <OrdersTable />
    </Page>
  );
}
