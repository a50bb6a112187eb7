import { IconReceipt } from '@tabler/icons-react';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Money } from '../ui/money.tsx';
import { Page } from '../ui/page.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Moment } from '../ui/time.tsx';

export const OrdersPage = () => (
  <Page title="Orders">
    <DataTable
      label="Orders"
      path="/api/v1/portal/orders"
      rowHref={(order) => `/orders/${order.id}`}
      columns={[
        { key: 'number', header: 'Order', sortable: true, cell: (order) => `#${order.number}` },
        {
          key: 'items',
          header: 'What',
          cell: (order) => order.items.map((item) => `${item.productName}, ${item.domain}`).join('; '),
        },
        { key: 'state', header: 'State', cell: (order) => <StateBadge state={order.state} /> },
        { key: 'placedAt', header: 'Placed', sortable: true, cell: (order) => <Moment at={order.placedAt} /> },
        {
          key: 'totalMinor',
          sortable: true,
          header: 'Total',
          align: 'end',
          cell: (order) => <Money minor={order.totalMinor} currency={order.currency} />,
        },
      ]}
      empty={
        <EmptyState
          icon={IconReceipt}
          title="No orders yet"
          text="What you order appears here, with how far it is."
          action={<ButtonLink href="/">See what is on offer</ButtonLink>}
        />
      }
    />
  </Page>
);
