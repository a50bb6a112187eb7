import { Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.tsx';
import { HostingFields } from './hosting-fields.tsx';
import { IssuesBelow } from './issues-below.tsx';
import { OptionsEditor } from './options-editor.tsx';
import { OrderFieldsPreview } from './order-fields-preview.tsx';
import { PriceGrid } from './price-grid.tsx';
import { bodyOf, draftOf, type ProductDraft } from './product-draft.ts';
import { StoreFields } from './store-fields.tsx';

interface Props {
  /** Null for a new one. */
  product: Api<'Product'> | null;
  modules: Api<'Module'>[];
  /** At least one of each. */
  groups: Api<'ProductGroup'>[];
  serverGroups: Api<'ServerGroup'>[];
}

/** The form of a product: how the store shows it, what is made, what it costs. */
export function ProductForm({ product, modules, groups, serverGroups }: Props) {
  const navigate = useNavigate();
  const { shop } = useSession();
  const form = useApiForm<ProductDraft, Api<'Product'>>({
    initialValues: draftOf(
      product,
      modules.find(({ id }) => id === product?.moduleId),
      {
        productGroupId: groups[0]?.id ?? '',
        serverGroupId: serverGroups[0]?.id ?? '',
      },
    ),
    validate: {
      name: (name: string) => (name.trim() === '' ? 'Give it a name' : null),
      moduleId: (moduleId: string) => (moduleId === '' ? 'Choose a control panel' : null),
      prices: (prices: ProductDraft['prices']) => (prices.length === 0 ? 'Give it at least one price' : null),
    },
    send: (draft) => {
      const body = bodyOf(draft);
      return product
        ? send('put', '/api/v1/products/{id}', { path: { id: product.id }, body })
        : send('post', '/api/v1/products', { body });
    },
    onDone: async (saved) => {
      notifySuccess(`${saved.name} is saved.`);
      await navigate({ to: '/admin/products' });
    },
  });
  const module = modules.find(({ id }) => id === form.values.moduleId);
  // A currency the shop has dropped stays visible as long as the product has prices in it.
  const currencies = [...new Set([...shop.currencies, ...form.values.prices.map(({ currency }) => currency)])];

  return (
    <FormShell
      form={form}
      guarded
      submitLabel={product ? 'Save product' : 'Add product'}
      secondary={
        <ButtonLink variant="default" href="/admin/products">
          Cancel
        </ButtonLink>
      }
    >
      <Stack gap="lg">
        <Section title="In the store">
          <StoreFields form={form} groups={groups} />
        </Section>
        <Section title="What is made" description="Settings come from the control panel’s module.">
          <HostingFields form={form} modules={modules} serverGroups={serverGroups} />
        </Section>
        <Section title="Prices" description="A blank price means: not sold for that cycle in that currency.">
          <PriceGrid
            label={form.values.name || 'the product'}
            currencies={currencies}
            value={form.values.prices}
            onChange={(prices) => form.setFieldValue('prices', prices)}
          />
          <IssuesBelow form={form} path="prices" />
        </Section>
        <Section title="Options" description="What customers choose with their order. Each value can have a price.">
          <OptionsEditor form={form} currencies={currencies} settings={module?.productFields ?? []} />
          <IssuesBelow form={form} path="options" />
        </Section>
        {module && module.orderFields.length > 0 && <OrderFieldsPreview fields={module.orderFields} />}
      </Stack>
    </FormShell>
  );
}
