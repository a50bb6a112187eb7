import { NumberInput, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconFolders } from '@tabler/icons-react';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { TextLink } from '../../ui/links.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { slugOf } from '../shared/slug.ts';

type Group = Api<'ProductGroup'>;

export function ProductGroupsPage() {
  const groups = useApiQuery('/api/v1/product-groups', {});
  const refusal = useRoleRefusal()('catalogue:write');
  const add = (
    <DialogButton label="Add product group" variant="filled" refusal={refusal}>
      {(close) => <GroupForm group={null} onDone={close} />}
    </DialogButton>
  );
  return (
    <Page title="Product groups" subtitle="The sections of the store, in this order." actions={add}>
      <Loaded query={groups}>
        {({ items }) => (
          <ListTable
            label="Product groups"
            rows={items}
            rowKey={(group) => group.id}
            columns={[
              {
                key: 'name',
                header: 'Group',
                cell: (group) => (
                  <TextLink href={`/admin/products?productGroupId=${group.id}`} inherit fw={600} underline="hover">
                    {group.name}
                  </TextLink>
                ),
              },
              {
                key: 'description',
                header: 'Description',
                hideOnPhone: true,
                cell: (group) => group.description || '–',
              },
              {
                key: 'state',
                header: 'In the store',
                cell: (group) => (
                  <StateBadge state={group.hidden ? 'hidden' : 'on_sale'} label={group.hidden ? 'Hidden' : 'Shown'} />
                ),
              },
              { key: 'position', header: 'Position', align: 'end', cell: (group) => group.position },
              { key: 'products', header: 'Products', align: 'end', cell: (group) => group.products },
              {
                key: 'actions',
                header: '',
                align: 'end',
                cell: (group) => (
                  <DialogButton label="Edit" title={`Edit ${group.name}`} size="xs" refusal={refusal}>
                    {(close) => <GroupForm group={group} onDone={close} />}
                  </DialogButton>
                ),
              },
            ]}
            empty={
              <EmptyState
                icon={IconFolders}
                title="No product groups yet"
                text="A product belongs to a group, which is its section of the store."
                action={add}
              />
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

function GroupForm({ group, onDone }: { group: Group | null; onDone: () => void }) {
  const form = useApiForm({
    initialValues: {
      name: group?.name ?? '',
      slug: group?.slug ?? '',
      description: group?.description ?? '',
      position: (group?.position ?? 0) as number | '',
      hidden: group?.hidden ?? false,
    },
    validate: { name: (name) => (name.trim() === '' ? 'Give it a name' : null) },
    send: (draft) => {
      const body = { ...draft, slug: draft.slug || slugOf(draft.name), position: Number(draft.position) };
      return group
        ? send('put', '/api/v1/product-groups/{id}', { path: { id: group.id }, body })
        : send('post', '/api/v1/product-groups', { body });
    },
    onDone: () => {
      onDone();
      notifySuccess('The group is saved.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Save group">
      <Stack>
        <TextInput label="Name" withAsterisk maxLength={200} data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label="Address in the store"
          description="Lower-case letters, digits and dashes; made from the name when left blank."
          placeholder={slugOf(form.values.name)}
          maxLength={80}
          {...form.getInputProps('slug')}
        />
        <Textarea label="Description" autosize minRows={2} maxLength={2000} {...form.getInputProps('description')} />
        <NumberInput
          label="Position"
          description="Lower stands first."
          allowDecimal={false}
          {...form.getInputProps('position')}
        />
        <Switch label="Hide from the store" {...form.getInputProps('hidden', { type: 'checkbox' })} />
      </Stack>
    </FormShell>
  );
}
