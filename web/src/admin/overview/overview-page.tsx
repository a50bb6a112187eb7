import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day, Moment, Seconds } from '../../ui/time.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ACTION_WORDS } from '../shared/words.ts';
import { ComingAndGoing } from './coming-and-going.tsx';
import { HealthTiles } from './health-tiles.tsx';
import { MoneyNow } from './money-now.tsx';
import { RecentOrders } from './recent-orders.tsx';
import { WaitsForYou } from './waits-for-you.tsx';
import { Week } from './week.tsx';

const REFRESH_MS = 15_000;

/** Health first, then money: what a person opens in the morning. */
export function OverviewPage() {
  const overview = useApiQuery('/api/v1/overview', {}, { refetchInterval: REFRESH_MS });
  return <Loaded query={overview}>{(data) => <Overview overview={data} />}</Loaded>;
}

function Overview({ overview }: { overview: Api<'Overview'> }) {
  const { permissions } = useSession();
  return (
    <Page title="Overview">
      <Stack gap="lg">
        <HealthTiles overview={overview} />
        <WaitsForYou overview={overview} />
        <MoneyNow rows={overview.money} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <ComingAndGoing overview={overview} />
          <ShopNow overview={overview} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          <RecentOrders orders={overview.recentOrders} />
          <RecentOperations operations={overview.recentOperations} />
        </SimpleGrid>
        {permissions.includes('operations:read') && <LastWeek />}
      </Stack>
    </Page>
  );
}

function LastWeek() {
  const stats = useApiQuery('/api/provisioning/stats', {}, { refetchInterval: REFRESH_MS });
  return stats.data ? <Week days={stats.data.lastSevenDays} /> : null;
}

function ShopNow({ overview }: { overview: Api<'Overview'> }) {
  const count = (state: string) => overview.services[state] ?? 0;
  return (
    <Section title="Hosting">
      <Facts
        rows={[
          ['Active services', count('active')],
          ['Suspended services', count('suspended')],
          ['Services being made', count('pending')],
          ['Cancellations to come', overview.cancellations.open],
          [
            'Payment to active, median',
            overview.medianSecondsToActive === null ? (
              'No data yet'
            ) : (
              <Seconds key="median" seconds={overview.medianSecondsToActive} />
            ),
          ],
          ['Last night done', overview.nightDone === null ? 'None yet' : <Day key="night" day={overview.nightDone} />],
        ]}
      />
    </Section>
  );
}

function RecentOperations({ operations }: { operations: Api<'Overview'>['recentOperations'] }) {
  return (
    <Section
      title="Recent operations"
      actions={
        <TextLink href="/admin/operations" size="sm" underline="hover">
          All operations
        </TextLink>
      }
    >
      {operations.length === 0 ? (
        <EmptyState title="Nothing has run yet" text="The first paid order shows up here, step by step." />
      ) : (
        <Stack gap={0}>
          {operations.map((operation) => (
            <Group key={operation.id} justify="space-between" py={8} wrap="nowrap" gap="sm">
              <Stack gap={0} miw={0}>
                <TextLink href={`/admin/operations/${operation.id}`} size="sm" fw={500} truncate underline="hover">
                  {operation.domain}
                </TextLink>
                <Text size="xs" c="dimmed">
                  {ACTION_WORDS[operation.action]}, <Moment at={operation.createdAt} />
                  {operation.seconds !== null && (
                    <>
                      , took <Seconds seconds={operation.seconds} />
                    </>
                  )}
                </Text>
              </Stack>
              <StateBadge state={operation.state} />
            </Group>
          ))}
        </Stack>
      )}
    </Section>
  );
}
