import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { ProductActions } from './product-actions.tsx';
import { ProductForm } from './product-form.tsx';
import { saleState } from './sale-state.ts';

export const NewProductPage = () => <Editor product={null} />;

export function EditProductPage() {
  const id = useRouteId();
  const product = useApiQuery('/api/v1/products/{id}', { path: { id } });
  return <Loaded query={product}>{(data) => <Editor product={data} />}</Loaded>;
}

function Editor({ product }: { product: Api<'Product'> | null }) {
  const modules = useApiQuery('/api/v1/modules', {});
  const groups = useApiQuery('/api/v1/product-groups', {});
  const serverGroups = useApiQuery('/api/v1/server-groups', {});
  return (
    <Page
      title={product?.name ?? 'Add product'}
      size="lg"
      badge={product && <StateBadge state={saleState(product)} />}
      subtitle={product && `${product.services} live ${product.services === 1 ? 'service' : 'services'}`}
      breadcrumbs={[{ label: 'Products', href: '/admin/products' }]}
      actions={product && <ProductActions product={product} />}
    >
      <Loaded query={modules}>
        {({ items: moduleItems }) => (
          <Loaded query={groups}>
            {({ items: groupItems }) => (
              <Loaded query={serverGroups}>
                {({ items: serverGroupItems }) =>
                  groupItems.length === 0 || serverGroupItems.length === 0 ? (
                    <GroupsMissing productGroups={groupItems.length} />
                  ) : (
                    <ProductForm
                      key={product?.id}
                      product={product}
                      modules={moduleItems}
                      groups={groupItems}
                      serverGroups={serverGroupItems}
                    />
                  )
                }
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

const GroupsMissing = ({ productGroups }: { productGroups: number }) =>
  productGroups === 0 ? (
    <EmptyState
      title="A product stands in a product group"
      text="The group is its section of the store. Make one first."
      action={<ButtonLink href="/admin/product-groups">Go to product groups</ButtonLink>}
    />
  ) : (
    <EmptyState
      title="A product is sold on a server group"
      text="Accounts are made on the group’s servers. Make one first."
      action={<ButtonLink href="/admin/server-groups">Go to server groups</ButtonLink>}
    />
  );
