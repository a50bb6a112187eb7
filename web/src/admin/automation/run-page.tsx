import { Stack, Text } from '@mantine/core';
import { IconMoonStars } from '@tabler/icons-react';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day, formatDay, Instant } from '../../ui/time.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { CustomerLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { ACTOR_WORDS, daysInWords, RUN_WORDS, RUNG_WORDS } from './rung-words.ts';
import { SubjectLink } from './subject-link.tsx';

type Run = Api<'AutomationRunDetail'>;
type Effect = Run['effects'][number];

/** One run: when, by whom, and everything it did. */
export function RunPage() {
  const id = useRouteId();
  const run = useApiQuery('/api/v1/automation/runs/{id}', { path: { id } });
  return <Loaded query={run}>{(data) => <RunDetail run={data} />}</Loaded>;
}

function RunDetail({ run }: { run: Run }) {
  const counts = Object.values(run.counts);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  const postponed = counts.reduce((sum, count) => sum + count.postponed, 0);
  return (
    <Page
      title={
        run.name === 'nightly' ? `The night of ${formatDay(run.day)}` : `${RUN_WORDS[run.name]}, ${formatDay(run.day)}`
      }
      badge={<StateBadge state={run.state} />}
      breadcrumbs={[{ label: 'Automation', href: '/admin/automation' }]}
    >
      <Stack gap="lg">
        {failed > 0 && (
          <Notice tone="bad" title={`${failed} could not be done`}>
            Each has an{' '}
            <TextLink href="/admin/alerts" size="sm">
              alert
            </TextLink>{' '}
            that says why. The next night tries again.
          </Notice>
        )}
        {run.state === 'stopped' && (
          <Notice tone="warn" title="It was stopped in the middle">
            Its process ended. Another run goes on where it stopped; nothing is done twice.
          </Notice>
        )}
        <Section title="The run">
          <Facts
            rows={[
              ['By', ACTOR_WORDS[run.actor.kind] ?? run.actor.kind],
              ['Began', run.startedAt ? <Instant key="began" at={run.startedAt} /> : 'Not yet'],
              ['Ended', run.finishedAt ? <Instant key="ended" at={run.finishedAt} /> : 'Not yet'],
              [
                'Put off',
                postponed === 0 ? 'Nothing' : `${postponed}, because money was under way or another act was not over`,
              ],
            ]}
          />
        </Section>
        <Section title="What it did" flush>
          <Effects run={run} />
        </Section>
      </Stack>
    </Page>
  );
}

function Effects({ run: { effects, effectCount } }: { run: Run }) {
  return (
    <>
      <ListTable
        flush
        label="What it did"
        rows={effects}
        rowKey={({ rung, days, dueOn, subject }) => [rung, days, dueOn, subject?.id].join()}
        columns={[
          { key: 'rung', header: 'Step', cell: (effect) => <Step effect={effect} /> },
          {
            key: 'subject',
            header: 'For',
            cell: ({ subject }) => (subject ? <SubjectLink subject={subject} /> : 'Not there any more'),
          },
          {
            key: 'customer',
            header: 'Customer',
            cell: ({ subject }) => subject && <CustomerLink id={subject.customerId} name={subject.customerName} />,
          },
          { key: 'dueOn', header: 'Due', cell: ({ dueOn }) => <Day day={dueOn} /> },
          { key: 'doneAt', header: 'When', hideOnPhone: true, cell: ({ doneAt }) => <Instant at={doneAt} /> },
        ]}
        empty={<EmptyState icon={IconMoonStars} title="Nothing was due" />}
      />
      {effectCount > effects.length && (
        <Text size="sm" c="dimmed" p="md">
          And {effectCount - effects.length} more.
        </Text>
      )}
    </>
  );
}

const Step = ({ effect: { rung, days } }: { effect: Effect }) => (
  <>
    {RUNG_WORDS[rung]}
    {days !== null && (
      <Text size="xs" c="dimmed">
        {daysInWords([days])}
      </Text>
    )}
  </>
);
