import { Text } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatSeconds, Moment } from '../../ui/time.tsx';
import { OUTCOME_CHOICES, OutcomeBadge } from './outcome-badge.tsx';

interface Props {
  /** Only calls of this; all of them when not given. */
  of?: { serverId: string } | { serviceId: string } | { operationId: string };
}

/** Calls to panels: all of them, or those of one server, service or operation inside its page. */
export function PanelCallsTable({ of }: Props) {
  return (
    <DataTable
      label="Panel calls"
      path="/api/v1/panel-log"
      params={{ query: { ...of } }}
      search={of ? undefined : 'Call or address'}
      filters={of ? [] : [{ name: 'outcome', label: 'Outcome', choices: OUTCOME_CHOICES }]}
      flush={of !== undefined}
      urlPrefix={of ? 'calls-' : undefined}
      limit={of ? 10 : 50}
      rowHref={(call) => `/admin/panel-log/${call.id}`}
      columns={[
        { key: 'label', header: 'Call', cell: (call) => call.label },
        {
          key: 'outcome',
          header: 'Outcome',
          cell: (call) => (
            <>
              <OutcomeBadge outcome={call.outcome} status={call.status} />
              {call.error && (
                <Text size="xs" c="dimmed" mt={4}>
                  {call.error}
                </Text>
              )}
            </>
          ),
        },
        {
          key: 'url',
          header: 'Request',
          hideOnPhone: true,
          cell: (call) => (
            <Text size="xs" ff="monospace" lineClamp={2} maw={380} style={{ overflowWrap: 'anywhere' }}>
              {call.method} {pathOf(call.url)}
            </Text>
          ),
        },
        { key: 'server', header: 'Server', cell: (call) => <Unbroken>{call.serverName ?? 'Not saved yet'}</Unbroken> },
        {
          key: 'duration',
          header: 'Took',
          align: 'end',
          cell: (call) => <Unbroken>{formatSeconds(call.durationMs / 1000)}</Unbroken>,
        },
        { key: 'createdAt', header: 'When', cell: (call) => <Moment at={call.createdAt} /> },
      ]}
      empty={
        <EmptyState
          icon={IconTerminal2}
          title="No calls yet"
          text="Every request to a panel is kept, with its answer."
        />
      }
    />
  );
}

const Unbroken = ({ children }: { children: string }) => (
  <Text span inherit style={{ whiteSpace: 'nowrap' }}>
    {children}
  </Text>
);

/** Without the server's address, which stands beside it by name. */
const pathOf = (url: string) => url.replace(/^[a-z]+:\/\/[^/]+/, '');
