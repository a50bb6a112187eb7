import { Group, Text } from '@mantine/core';
import { IconClockPlay } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day, Moment } from '../../ui/time.tsx';
import { ACTOR_WORDS, RUN_WORDS, RUNG_WORDS } from './rung-words.ts';

type Run = Api<'AutomationRun'>;

/** A run on its way is followed. */
const REFRESH_MS = 5000;

export const RunsTable = () => (
  <DataTable
    flush
    label="Runs"
    path="/api/v1/automation/runs"
    limit={10}
    refetchInterval={REFRESH_MS}
    rowHref={(run) => `/admin/automation/runs/${run.id}`}
    columns={[
      { key: 'name', header: 'Run', cell: (run) => RUN_WORDS[run.name] },
      { key: 'day', header: 'For the day', cell: (run) => <Day day={run.day} /> },
      { key: 'state', header: 'State', cell: (run) => <StateBadge state={run.state} /> },
      { key: 'counts', header: 'What it did', cell: (run) => <Counts counts={run.counts} /> },
      { key: 'actor', header: 'By', hideOnPhone: true, cell: (run) => ACTOR_WORDS[run.actor.kind] ?? run.actor.kind },
      { key: 'createdAt', header: 'When', cell: (run) => <Moment at={run.createdAt} /> },
    ]}
    empty={<EmptyState icon={IconClockPlay} title="No run yet" text="The first one begins tonight." />}
  />
);

/** Only what something was done for; a quiet night says so. */
function Counts({ counts }: { counts: Run['counts'] }) {
  const busy = Object.entries(counts).filter(([, count]) => count.done + count.postponed + count.failed > 0);
  if (busy.length === 0) {
    return (
      <Text size="sm" c="dimmed" span>
        Nothing was due
      </Text>
    );
  }
  return (
    <Group gap="xs" display="inline-flex">
      {busy.map(([rung, { done, postponed, failed }]) => (
        <Text key={rung} size="sm" span>
          {RUNG_WORDS[rung as keyof typeof RUNG_WORDS]}: {done}
          {postponed > 0 && `, ${postponed} put off`}
          {failed > 0 && `, ${failed} failed`}
        </Text>
      ))}
    </Group>
  );
}
