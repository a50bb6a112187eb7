import { SimpleGrid, Stack } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.tsx';
import { Day, Seconds } from '../../ui/time.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ComingAndGoing } from './coming-and-going.tsx';
import { HealthTiles } from './health-tiles.tsx';
import { MoneyNow } from './money-now.tsx';
import { RecentOperations, RecentOrders } from './recent.tsx';
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
