import { IconCube } from '@tabler/icons-react';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { perCycle } from '../../ui/cycle.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { formatMoney } from '../../ui/money.tsx';
import { Page } from '../../ui/page.tsx';
import { useCan, useSession } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { saleState } from './sale-state.ts';

type Product = Api<'Product'>;

const STATES = [
  { value: 'on_sale', label: 'On sale' },
  { value: 'hidden', label: 'Hidden' },
  { value: 'archived', label: 'Archived' },
];

export function ProductsPage() {
  const can = useCan();
  const { shop } = useSession();
  const groups = useApiQuery('/api/v1/product-groups', {});
  const add = can('catalogue:write') && <ButtonLink href="/admin/products/new">Add product</ButtonLink>;
  return (
    <Page title="Products" actions={add}>
      <DataTable
        label="Products"
        path="/api/v1/products"
        search="Name or address"
        filters={[
          { name: 'state', label: 'State', choices: STATES },
          {
            name: 'productGroupId',
            label: 'Group',
            choices: (groups.data?.items ?? []).map((group) => ({ value: group.id, label: group.name })),
          },
        ]}
        rowHref={(product) => `/admin/products/${product.id}`}
        columns={[
          { key: 'name', header: 'Product', sortable: true, cell: (product) => product.name },
          { key: 'group', header: 'Group', cell: (product) => product.groupName },
          { key: 'state', header: 'State', cell: (product) => <StateBadge state={saleState(product)} /> },
          { key: 'module', header: 'Panel', hideOnPhone: true, cell: (product) => product.moduleName },
          { key: 'price', header: 'First price', cell: (product) => firstPrice(product, shop.currencies[0]) },
          {
            key: 'stock',
            header: 'Stock',
            align: 'end',
            hideOnPhone: true,
            cell: (product) => product.stock ?? 'No limit',
          },
          { key: 'services', header: 'Services', align: 'end', cell: (product) => product.services },
        ]}
        empty={
          <EmptyState
            icon={IconCube}
            title="Nothing to sell yet"
            text="A product says what is made on which panel, and what it costs."
            action={add}
          />
        }
      />
    </Page>
  );
}

/** In the currency that the shop names first, when it is sold in that. */
function firstPrice({ prices }: Product, currency: string | undefined): string {
  const price = prices.find((offered) => offered.currency === currency) ?? prices[0];
  if (price?.cycle === 'free') return 'Free';
  return price ? `${formatMoney(price.amountMinor, price.currency)} ${perCycle(price.cycle)}`.trim() : 'No price';
}
