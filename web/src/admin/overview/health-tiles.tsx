import { SimpleGrid } from '@mantine/core';
import { IconAlertTriangle, IconBell, IconClockPause, IconServerOff } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import { CountTile } from '../shared/count-tile.tsx';

/** What is wrong now, each a way to the list behind it. A count of zero is shown quietly: it is good news. */
export function HealthTiles({ overview }: { overview: Api<'Overview'> }) {
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <CountTile
        href="/admin/operations?state=needs_staff"
        icon={<IconAlertTriangle size={18} />}
        label="Need a person"
        count={overview.needsStaff}
        tone="bad"
        note={overview.needsStaff === 0 ? 'Everything runs by itself' : 'Operations that gave up trying'}
      />
      <CountTile
        href="/admin/operations?state=waiting"
        icon={<IconClockPause size={18} />}
        label="Waiting"
        count={overview.waiting}
        tone="warn"
        note={overview.waiting === 0 ? 'Nothing is held up' : 'Tried again by themselves'}
      />
      <CountTile
        href="/admin/servers"
        icon={<IconServerOff size={18} />}
        label="Servers not answering"
        count={overview.serversOpen}
        tone="bad"
        note={`of ${overview.servers}`}
      />
      <CountTile
        href="/admin/alerts"
        icon={<IconBell size={18} />}
        label="Open alerts"
        count={overview.openAlerts}
        tone="warn"
        note={overview.openAlerts === 0 ? 'None' : 'With what to do about each'}
      />
    </SimpleGrid>
  );
}
