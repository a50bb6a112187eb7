import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Money } from '../../ui/money.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment, Seconds } from '../../ui/time.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ACTION_WORDS } from '../shared/words.ts';
import { HealthTiles } from './health-tiles.tsx';
import { WaitingTerminations } from './waiting-terminations.tsx';
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
        {permissions.includes('services:read') && <WaitingTerminations />}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <MoneyNow overview={overview} />
          <ShopNow overview={overview} />
        </SimpleGrid>
        <RecentOperations operations={overview.recentOperations} />
        {permissions.includes('operations:read') && <LastWeek />}
      </Stack>
    </Page>
  );
}

function LastWeek() {
  const stats = useApiQuery('/api/provisioning/stats', {}, { refetchInterval: REFRESH_MS });
  return stats.data ? <Week days={stats.data.lastSevenDays} /> : null;
}

function MoneyNow({ overview }: { overview: Api<'Overview'> }) {
  const currencies = [...new Set([...overview.revenue, ...overview.unpaid].map((row) => row.currency))];
  const revenue = (currency: string) => overview.revenue.find((row) => row.currency === currency);
  const unpaid = (currency: string) => overview.unpaid.find((row) => row.currency === currency);
  return (
    <Section title="Money" description="What came in, and what customers still owe." flush>
      <ListTable
        flush
        label="Money"
        rows={currencies}
        rowKey={(currency) => currency}
        columns={[
          { key: 'currency', header: 'Currency', cell: (currency) => currency },
          {
            key: 'today',
            header: 'Today',
            align: 'end',
            cell: (currency) => <Money minor={revenue(currency)?.todayMinor ?? 0} currency={currency} />,
          },
          {
            key: 'thirtyDays',
            header: '30 days',
            align: 'end',
            cell: (currency) => <Money minor={revenue(currency)?.thirtyDaysMinor ?? 0} currency={currency} />,
          },
          {
            key: 'unpaid',
            header: 'Unpaid',
            align: 'end',
            cell: (currency) => <Unpaid owed={unpaid(currency)} />,
          },
        ]}
        empty={
          <Text c="dimmed" size="sm" p="lg">
            No money has moved yet.
          </Text>
        }
      />
    </Section>
  );
}

function Unpaid({ owed }: { owed: Api<'Overview'>['unpaid'][number] | undefined }) {
  if (!owed) return 'None';
  return (
    <TextLink href="/admin/invoices?state=unpaid" size="sm" underline="hover">
      <Money minor={owed.amountMinor} currency={owed.currency} /> in {owed.count}
    </TextLink>
  );
}

function ShopNow({ overview }: { overview: Api<'Overview'> }) {
  const count = (state: string) => overview.services[state] ?? 0;
  return (
    <Section title="Shop">
      <Facts
        rows={[
          ['Orders today', overview.ordersToday],
          [
            'Payment to active, median',
            overview.medianSecondsToActive === null ? (
              'No data yet'
            ) : (
              <Seconds key="median" seconds={overview.medianSecondsToActive} />
            ),
          ],
          ['Active services', count('active')],
          ['Suspended services', count('suspended')],
          ['Services being made', count('pending')],
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
