import { Select, Stack, TextInput } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { TextLink } from '../../ui/links.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { choicesOf, STRATEGY_WORDS } from '../shared/words.ts';

type Group = Api<'ServerGroup'>;

export function ServerGroupsPage() {
  const groups = useApiQuery('/api/v1/server-groups', {});
  const refusal = useRoleRefusal()('servers:write');
  const add = (
    <DialogButton label="Add server group" variant="filled" refusal={refusal}>
      {(close) => <GroupForm group={null} onDone={close} />}
    </DialogButton>
  );
  return (
    <Page
      title="Server groups"
      subtitle="Products are sold on a group; it spreads new accounts over its servers."
      actions={add}
    >
      <Loaded query={groups}>
        {({ items }) => (
          <ListTable
            label="Server groups"
            rows={items}
            rowKey={(group) => group.id}
            columns={[
              {
                key: 'name',
                header: 'Group',
                cell: (group) => (
                  <TextLink href={`/admin/servers?serverGroupId=${group.id}`} inherit fw={600} underline="hover">
                    {group.name}
                  </TextLink>
                ),
              },
              { key: 'strategy', header: 'Places', cell: (group) => STRATEGY_WORDS[group.strategy] },
              { key: 'servers', header: 'Servers', align: 'end', cell: (group) => group.servers },
              {
                key: 'accounts',
                header: 'Accounts',
                align: 'end',
                cell: (group) =>
                  group.maxAccounts === null
                    ? `${group.accounts}, no limit`
                    : `${group.accounts} of ${group.maxAccounts}`,
              },
              { key: 'waiting', header: 'Waiting for room', align: 'end', cell: (group) => group.waiting },
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
                icon={IconServer2}
                title="No server groups yet"
                text="Make one, then add servers to it."
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
    initialValues: { name: group?.name ?? '', strategy: group?.strategy ?? ('least_loaded' as Group['strategy']) },
    validate: { name: (name) => (name.trim() === '' ? 'Give it a name' : null) },
    send: (body) =>
      group
        ? send('put', '/api/v1/server-groups/{id}', { path: { id: group.id }, body })
        : send('post', '/api/v1/server-groups', { body }),
    onDone: () => {
      onDone();
      notifySuccess('The group is saved.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Save group">
      <Stack>
        <TextInput label="Name" withAsterisk maxLength={200} data-autofocus {...form.getInputProps('name')} />
        <Select
          label="How new accounts are placed"
          allowDeselect={false}
          data={choicesOf(STRATEGY_WORDS)}
          {...form.getInputProps('strategy')}
        />
      </Stack>
    </FormShell>
  );
}
