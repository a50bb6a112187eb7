import { Checkbox, Group, Select, SimpleGrid, Stack } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { DeclaredFields, declaredValues } from '../../ui/declared-fields.tsx';
import type { ApiForm } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { ProductDraft } from './product-draft.ts';

const EXTRAS = [
  ['withDns', 'DNS zone'],
  ['withCertificate', 'Certificate'],
  ['withMailbox', 'First mailbox'],
  ['withDatabase', 'Database'],
] as const;

interface Props {
  form: ApiForm<ProductDraft>;
  modules: Api<'Module'>[];
  serverGroups: Api<'ServerGroup'>[];
}

/** Which panel makes the account, on which servers and with which settings; packages are read from the panel. */
export function HostingFields({ form, modules, serverGroups }: Props) {
  const { moduleId, serverGroupId } = form.values;
  const module = modules.find(({ id }) => id === moduleId);
  const asksPackages = module?.productFields.some((field) => field.choicesFrom === 'listPackages') ?? false;
  const packages = useApiQuery(
    '/api/v1/server-groups/{id}/packages',
    { path: { id: serverGroupId }, query: { moduleId } },
    { enabled: asksPackages && serverGroupId !== '' },
  );
  const chooseModule = (chosen: string | null) => {
    const fields = modules.find(({ id }) => id === chosen)?.productFields ?? [];
    form.setValues({ moduleId: chosen ?? '', moduleSettings: declaredValues(fields) });
  };
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Control panel"
          withAsterisk
          searchable
          allowDeselect={false}
          data={modules.map(({ id, name }) => ({ value: id, label: name }))}
          value={moduleId || null}
          onChange={chooseModule}
          error={form.errors.moduleId}
        />
        <Select
          label="Server group"
          description="Accounts are made on its servers."
          withAsterisk
          allowDeselect={false}
          data={serverGroups.map((group) => ({ value: group.id, label: group.name }))}
          {...form.getInputProps('serverGroupId')}
        />
      </SimpleGrid>
      {packages.error && asksPackages && (
        <Notice tone="warn" title="Packages could not be read from the panel">
          {packages.error.detail} Type the package’s name as it is on the panel.
        </Notice>
      )}
      {module && (
        <DeclaredFields
          fields={module.productFields}
          form={form}
          prefix="moduleSettings"
          choices={packages.data ? { listPackages: asChoices(packages.data.items) } : undefined}
        />
      )}
      <Checkbox.Group
        label="Made with every account"
        description="What the module cannot do is skipped, and the operation says so."
        value={EXTRAS.filter(([name]) => form.values[name]).map(([name]) => name)}
        onChange={(chosen) => form.setValues(Object.fromEntries(EXTRAS.map(([name]) => [name, chosen.includes(name)])))}
      >
        <Group my="xs">
          {EXTRAS.map(([name, label]) => (
            <Checkbox key={name} value={name} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
    </Stack>
  );
}

const asChoices = (packages: { name: string; label: string }[]) =>
  packages.map(({ name, label }) => ({ value: name, label }));
