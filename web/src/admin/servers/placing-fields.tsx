import { NumberInput, Select, SimpleGrid, Stack, Switch, TagsInput } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import type { ApiForm } from '../../ui/form.tsx';
import type { ServerDraft } from './server-draft.ts';

/** Which group a server stands in, how much it takes and what customers point their domains at. */
export function PlacingFields({ form, groups }: { form: ApiForm<ServerDraft>; groups: Api<'ServerGroup'>[] }) {
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Server group"
          withAsterisk
          allowDeselect={false}
          data={groups.map((group) => ({ value: group.id, label: group.name }))}
          {...form.getInputProps('serverGroupId')}
        />
        <NumberInput
          label="Most accounts"
          description="Blank is without limit."
          min={0}
          allowDecimal={false}
          {...form.getInputProps('maxAccounts')}
        />
        <NumberInput
          label="Calls at once"
          description="How many operations may call this panel at the same time, 1 to 50."
          min={1}
          max={50}
          allowDecimal={false}
          {...form.getInputProps('concurrency')}
        />
        <NumberInput
          label="Weight"
          description="For groups that place by weight: twice the weight, twice the accounts."
          min={1}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps('weight')}
        />
      </SimpleGrid>
      <TagsInput
        label="Nameservers"
        description="Shown to customers. Press Enter after each; at most 8."
        placeholder="ns1.example.com"
        maxTags={8}
        {...form.getInputProps('nameservers')}
      />
      <Switch
        label="Maintenance"
        description="No new accounts are placed here; existing ones keep working."
        {...form.getInputProps('maintenance', { type: 'checkbox' })}
      />
    </Stack>
  );
}
