import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Steps } from '../../ui/steps.tsx';
import { Instant } from '../../ui/time.tsx';
import { PanelCallsTable } from '../panel-log/panel-calls-table.tsx';
import { CodeBlock } from '../shared/code-block.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { CustomerLink, ServerLink, ServiceLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { ACTION_WORDS, WAIT_REASON_WORDS } from '../shared/words.ts';
import { failedTries } from './failed-tries.ts';
import { OperationActions } from './operation-actions.tsx';
import { isUnfinished } from './unfinished.ts';

type Operation = Api<'Operation'>;

const BUSY_REFRESH_MS = 1500;

export function OperationPage() {
  const id = useRouteId();
  const operation = useQuery({
    ...apiQuery('/api/v1/operations/{id}', { path: { id } }),
    refetchInterval: (query) => (query.state.data && isUnfinished(query.state.data) ? BUSY_REFRESH_MS : false),
  });
  return <Loaded query={operation}>{(data) => <OperationDetail operation={data} />}</Loaded>;
}

function OperationDetail({ operation }: { operation: Operation }) {
  return (
    <Page
      title={`${ACTION_WORDS[operation.action]}: ${operation.domain}`}
      badge={<StateBadge state={operation.state} />}
      subtitle={
        <>
          Asked <Instant at={operation.createdAt} /> by {operation.actorName}
        </>
      }
      breadcrumbs={[{ label: 'Operations', href: '/admin/operations' }]}
      actions={<OperationActions operation={operation} />}
    >
      <Stack gap="lg">
        <Closed operation={operation} />
        <Trouble operation={operation} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
          <Section title="Steps" description="A finished step is remembered and never runs again.">
            {operation.steps.length === 0 ? (
              <Text size="sm" c="dimmed">
                It has not started yet.
              </Text>
            ) : (
              <Steps steps={operation.steps} audience="staff" />
            )}
          </Section>
          <About operation={operation} />
        </SimpleGrid>
        <Section title="Panel calls" flush>
          <PanelCallsTable of={{ operationId: operation.id }} />
        </Section>
      </Stack>
    </Page>
  );
}

/** Who ended it by hand, and the note they left. */
function Closed({ operation: { resolution, state } }: { operation: Operation }) {
  if (resolution === null || (state !== 'done' && state !== 'failed')) return null;
  const { how, by, at, note } = resolution;
  return (
    <Notice tone="quiet" title={`${how === 'give_up' ? 'Given up' : 'Marked as done'} by ${by}`}>
      <Text size="sm">{note}</Text>
      <Text size="xs" c="dimmed" mt={4}>
        <Instant at={at} />
      </Text>
    </Notice>
  );
}

/** What went wrong in plain words, what to do about it, and what the panel itself said. */
function Trouble({ operation }: { operation: Operation }) {
  if (operation.state === 'done' || (!operation.errorMessage && !operation.waitReason)) return null;
  const waits = operation.state === 'waiting' ? operation.waitReason : null;
  const title = operation.errorMessage ?? (waits ? WAIT_REASON_WORDS[waits] : undefined);
  return (
    <Notice tone={operation.state === 'needs_staff' || operation.state === 'failed' ? 'bad' : 'warn'} title={title}>
      <Stack gap="sm">
        {waits && operation.errorMessage && <Text size="sm">{WAIT_REASON_WORDS[waits]}</Text>}
        {operation.nextTryAt && isUnfinished(operation) && (
          <Text size="sm">
            Next try: <Instant at={operation.nextTryAt} />
          </Text>
        )}
        {operation.whatToDo && (
          <Text size="sm">
            <Text span fw={600} inherit>
              What to do:
            </Text>{' '}
            {operation.whatToDo}
          </Text>
        )}
        {operation.errorDetail && (
          <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            The panel said: {operation.errorDetail}
          </Text>
        )}
      </Stack>
    </Notice>
  );
}

function About({ operation }: { operation: Operation }) {
  return (
    <Section title="Operation">
      <Stack gap="md">
        <Facts
          rows={[
            ['Service', <ServiceLink key="service" id={operation.serviceId} name={`#${operation.serviceNumber}`} />],
            ['Customer', <CustomerLink key="customer" id={operation.customerId} name={operation.customerName} />],
            [
              'Server',
              operation.serverId ? (
                <ServerLink key="server" id={operation.serverId} name={operation.serverName ?? 'Open server'} />
              ) : (
                'Not placed yet'
              ),
            ],
            ['Failed tries', failedTries(operation)],
            ['Started', <Instant key="started" at={operation.startedAt} />],
            ['Finished', <Instant key="finished" at={operation.finishedAt} />],
            ...(operation.errorCode ? ([['Code', operation.errorCode]] as [string, string][]) : []),
          ]}
        />
        {operation.intent && <CodeBlock title="Intent" text={JSON.stringify(operation.intent)} />}
      </Stack>
    </Section>
  );
}
