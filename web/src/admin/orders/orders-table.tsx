import { IconShoppingCart } from '@tabler/icons-react';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Money } from '../../ui/money.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';

const STATES = [
  { value: 'placed', label: 'Placed' },
  { value: 'paid', label: 'Paid' },
  { value: 'active', label: 'Active' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** Orders of everybody, or of one customer inside its page. */
export function OrdersTable({ customerId }: { customerId?: string }) {
  const everybody = customerId === undefined;
  return (
    <DataTable
      label="Orders"
      path="/api/v1/orders"
      params={{ query: { customerId } }}
      search={everybody ? 'Number, customer or domain' : undefined}
      filters={everybody ? [{ name: 'state', label: 'State', choices: STATES }] : []}
      flush={!everybody}
      urlPrefix={everybody ? undefined : 'orders-'}
      limit={everybody ? 25 : 5}
      rowHref={(order) => `/admin/orders/${order.id}`}
      columns={[
        { key: 'number', header: 'Order', sortable: true, cell: (order) => `#${order.number}` },
        ...(everybody
          ? [{ key: 'customer', header: 'Customer', cell: (order: { customerName: string }) => order.customerName }]
          : []),
        {
          key: 'items',
          header: 'For',
          cell: (order) => order.items.map((item) => `${item.productName}, ${item.domain}`).join('; '),
        },
        { key: 'state', header: 'State', cell: (order) => <StateBadge state={order.state} /> },
        {
          key: 'invoiceState',
          header: 'Invoice',
          hideOnPhone: true,
          cell: (order) => <StateBadge state={order.invoiceState} />,
        },
        {
          key: 'total',
          header: 'Total',
          align: 'end',
          cell: (order) => <Money minor={order.totalMinor} currency={order.currency} />,
        },
        {
          key: 'placedAt',
          header: 'Placed',
          sortable: true,
          hideOnPhone: true,
          cell: (order) => <Moment at={order.placedAt} />,
        },
      ]}
      empty={
        <EmptyState
          icon={IconShoppingCart}
          title="No orders yet"
          text={everybody ? 'The first one from the store appears here.' : 'This customer has not ordered anything.'}
        />
      }
    />
  );
}
