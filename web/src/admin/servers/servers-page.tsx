import { Text } from '@mantine/core';
import { IconServer } from '@tabler/icons-react';
import { useApiQuery } from '../../api/client.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { useCan } from '../../ui/session.tsx';
import { Moment } from '../../ui/time.tsx';
import { HealthBadge } from './health-badge.tsx';
import { Places } from './places.tsx';

const REFRESH_MS = 15_000;

export function ServersPage() {
  const can = useCan();
  const groups = useApiQuery('/api/v1/server-groups', {});
  const addServer = can('servers:write') && <ButtonLink href="/admin/servers/new">Add server</ButtonLink>;
  return (
    <Page title="Servers" subtitle="Control panels that accounts are made on, and how they do." actions={addServer}>
      <DataTable
        label="Servers"
        path="/api/v1/servers"
        search="Name or host name"
        refetchInterval={REFRESH_MS}
        filters={[
          {
            name: 'serverGroupId',
            label: 'Group',
            choices: (groups.data?.items ?? []).map((group) => ({ value: group.id, label: group.name })),
          },
          { name: 'archived', label: 'In use', choices: [{ value: 'true', label: 'Retired' }] },
        ]}
        rowHref={(server) => `/admin/servers/${server.id}`}
        columns={[
          {
            key: 'name',
            header: 'Server',
            cell: (server) => (
              <>
                {server.name}
                <Text size="xs" c="dimmed" fw={400}>
                  {server.hostname}
                </Text>
              </>
            ),
          },
          { key: 'health', header: 'Health', cell: (server) => <HealthBadge server={server} /> },
          { key: 'module', header: 'Panel', cell: (server) => server.moduleName },
          { key: 'group', header: 'Group', hideOnPhone: true, cell: (server) => server.groupName },
          { key: 'accounts', header: 'Accounts', cell: (server) => <Places server={server} /> },
          {
            key: 'lastSuccessAt',
            header: 'Last answer',
            hideOnPhone: true,
            cell: (server) => <Moment at={server.lastSuccessAt} />,
          },
        ]}
        empty={
          <EmptyState
            icon={IconServer}
            title="No servers yet"
            text="Add the control panel that new accounts are made on. The connection can be tested before you save it."
            action={addServer}
          />
        }
      />
    </Page>
  );
}
