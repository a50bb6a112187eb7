import { Text } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useApiQuery } from '../../api/client.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useCan } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';
import { ACTION_WORDS, choicesOf, OPERATION_STATE_WORDS } from '../shared/words.ts';
import { failedTries } from './failed-tries.ts';

const REFRESH_MS = 5000;

/** Operations, newest first, kept fresh while one looks. */
export function OperationsTable() {
  const can = useCan();
  const servers = useApiQuery('/api/v1/servers', { query: { limit: 200 } }, { enabled: can('servers:read') });
  return (
    <DataTable
      label="Operations"
      path="/api/v1/operations"
      search="Domain, user name or customer"
      refetchInterval={REFRESH_MS}
      filters={[
        { name: 'state', label: 'State', choices: choicesOf(OPERATION_STATE_WORDS) },
        { name: 'action', label: 'Action', choices: choicesOf(ACTION_WORDS) },
        {
          name: 'serverId',
          label: 'Server',
          choices: (servers.data?.items ?? []).map((server) => ({ value: server.id, label: server.name })),
        },
      ]}
      rowHref={(operation) => `/admin/operations/${operation.id}`}
      columns={[
        {
          key: 'domain',
          header: 'What',
          cell: (operation) => (
            <>
              {ACTION_WORDS[operation.action]}: {operation.domain}
              <Text size="xs" c="dimmed" fw={400}>
                {operation.customerName}
              </Text>
            </>
          ),
        },
        { key: 'state', header: 'State', cell: (operation) => <StateBadge state={operation.state} /> },
        {
          key: 'error',
          header: 'What went wrong',
          cell: (operation) => (operation.state === 'done' ? null : operation.errorMessage) ?? '–',
        },
        { key: 'server', header: 'Server', cell: (operation) => operation.serverName ?? 'Not placed yet' },
        {
          key: 'attempts',
          header: 'Failed tries',
          align: 'end',
          hideOnPhone: true,
          cell: failedTries,
        },
        { key: 'createdAt', header: 'When', cell: (operation) => <Moment at={operation.createdAt} /> },
      ]}
      empty={
        <EmptyState
          icon={IconActivity}
          title="Nothing has run yet"
          text="Every create, suspend and terminate on a panel is listed here, step by step."
        />
      }
    />
  );
}
