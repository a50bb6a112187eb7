import { NumberInput, Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import type { ApiForm } from '../../ui/form.tsx';
import { slugOf } from '../shared/slug.ts';
import type { ProductDraft } from './product-draft.ts';

/** How the store shows a product, and whether it does. */
export function StoreFields({ form, groups }: { form: ApiForm<ProductDraft>; groups: Api<'ProductGroup'>[] }) {
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label="Name" withAsterisk maxLength={200} {...form.getInputProps('name')} />
        <Select
          label="Product group"
          withAsterisk
          allowDeselect={false}
          data={groups.map((group) => ({ value: group.id, label: group.name }))}
          {...form.getInputProps('productGroupId')}
        />
        <TextInput
          label="Address in the store"
          description="Made from the name when left blank."
          placeholder={slugOf(form.values.name)}
          maxLength={80}
          {...form.getInputProps('slug')}
        />
        <TextInput
          label="Tagline"
          description="One line below the name."
          maxLength={200}
          {...form.getInputProps('tagline')}
        />
      </SimpleGrid>
      <Textarea
        label="Features"
        description="One per line, at most 30."
        autosize
        minRows={3}
        value={form.values.features.join('\n')}
        onChange={(event) => form.setFieldValue('features', event.currentTarget.value.split('\n'))}
        error={form.errors.features}
      />
      <Textarea label="Description" autosize minRows={3} maxLength={10_000} {...form.getInputProps('description')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label="Left to sell"
          description="Blank is without limit."
          min={0}
          allowDecimal={false}
          {...form.getInputProps('stock')}
        />
        <NumberInput
          label="Position"
          description="Lower stands first in its group."
          allowDecimal={false}
          {...form.getInputProps('position')}
        />
      </SimpleGrid>
      <Switch
        label="Hide from the store"
        description="It is still sold to those who have its link."
        {...form.getInputProps('hidden', { type: 'checkbox' })}
      />
    </Stack>
  );
}
