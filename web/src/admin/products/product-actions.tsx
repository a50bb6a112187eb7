import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';

/** Look at a product as customers do, take it off sale, put it back. */
export function ProductActions({ product }: { product: Api<'Product'> }) {
  const refusal = useRoleRefusal()('catalogue:write');
  const path = { id: product.id };
  if (product.archivedAt) {
    return (
      <ActionButton
        variant="default"
        refusal={refusal}
        onClick={() =>
          confirm({
            title: `Put ${product.name} back?`,
            body: 'It can be ordered again.',
            confirmLabel: 'Put back',
            run: () => send('post', '/api/v1/products/{id}/restore', { path }),
          })
        }
      >
        Put back
      </ActionButton>
    );
  }
  return (
    <>
      <ActionButton
        variant="default"
        refusal={refusal}
        onClick={() =>
          confirm({
            title: `Archive ${product.name}?`,
            body: 'It can no longer be ordered. Services of customers who have it go on.',
            confirmLabel: 'Archive',
            tone: 'danger',
            run: () => send('post', '/api/v1/products/{id}/archive', { path }),
          })
        }
      >
        Archive
      </ActionButton>
      <ButtonLink variant="default" href={`/products/${product.slug}`}>
        View in store
      </ButtonLink>
    </>
  );
}
