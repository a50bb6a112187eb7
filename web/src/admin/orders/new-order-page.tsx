import { Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ForCustomer } from '../shared/for-customer.tsx';
import { FoundSelect } from '../shared/found-select.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { NewOrderForm } from './new-order-form.tsx';

export const NewOrderPage = () => (
  <ForCustomer title="Add order" size="xl" list={{ label: 'Orders', href: '/admin/orders' }}>
    {(customer) => <NewOrder customer={customer} />}
  </ForCustomer>
);

/** What is ordered first, then how, since every product asks for something else. */
function NewOrder({ customer }: { customer: Api<'Customer'> }) {
  const search = useSearch({ strict: false }) as { product?: string };
  const slug = search.product ?? '';
  const navigate = useNavigate();
  const { currency } = customer;
  const product = useApiQuery(
    '/api/v1/store/products/{slug}',
    { path: { slug }, query: { currency } },
    { enabled: slug !== '' },
  );
  return (
    <Stack gap="lg">
      <Section title="Product">
        <FoundSelect
          label="Product"
          description="Also those the store does not show."
          path="/api/v1/products"
          choiceOf={(row) => ({ value: row.slug, label: `${row.name} · ${row.groupName}` })}
          refused={({ archivedAt }) => archivedAt !== null}
          chosen={product.data ? { value: slug, label: `${product.data.name} · ${product.data.groupName}` } : null}
          onChoose={(row) =>
            void navigate({ to: '.', search: { ...search, product: row.slug } as never, replace: true })
          }
        />
      </Section>
      {slug !== '' && (
        <Loaded query={product}>
          {(data) =>
            data.currency === currency && data.prices.length > 0 ? (
              <NewOrderForm key={data.id} customer={customer} product={data} />
            ) : (
              <Notice tone="warn">
                {data.name} has no price in {currency}, and that is what this customer is billed in.
              </Notice>
            )
          }
        </Loaded>
      )}
    </Stack>
  );
}
