import { Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { ACTION_WORDS } from '../shared/words.ts';

/** What was asked of the panel for one service, newest first. */
export const ServiceOperations = ({ operations }: { operations: Api<'Operation'>[] }) => (
  <Section title="Operations" flush>
    <ListTable
      flush
      label="Operations"
      rows={operations}
      rowKey={(operation) => operation.id}
      rowHref={(operation) => `/admin/operations/${operation.id}`}
      columns={[
        { key: 'action', header: 'Action', cell: (operation) => ACTION_WORDS[operation.action] },
        { key: 'state', header: 'State', cell: (operation) => <StateBadge state={operation.state} /> },
        {
          key: 'error',
          header: 'What went wrong',
          cell: (operation) => (operation.state === 'done' ? null : operation.errorMessage) ?? '–',
        },
        {
          key: 'steps',
          header: 'Steps',
          hideOnPhone: true,
          cell: ({ steps }) =>
            `${steps.filter(({ state }) => state === 'done' || state === 'skipped').length} of ${steps.length}`,
        },
        { key: 'createdAt', header: 'When', cell: (operation) => <Moment at={operation.createdAt} /> },
      ]}
      empty={
        <Text size="sm" c="dimmed" p="lg">
          Nothing was asked of the panel yet.
        </Text>
      }
    />
  </Section>
);
