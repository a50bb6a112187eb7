import { Group, Paper, SimpleGrid, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconBell, IconClockPause, IconServerOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Api } from '../../api/types.ts';
import { RouteLink } from '../../ui/links.tsx';
import { type Tone, toneColor, toneTint } from '../../ui/theme.ts';
import classes from './overview.module.css';

/** What is wrong now, each a way to the list behind it. A count of zero is shown quietly: it is good news. */
export function HealthTiles({ overview }: { overview: Api<'Overview'> }) {
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <Tile
        href="/admin/operations?state=needs_staff"
        icon={<IconAlertTriangle size={18} />}
        label="Need a person"
        count={overview.needsStaff}
        tone="bad"
        note={overview.needsStaff === 0 ? 'Everything runs by itself' : 'Operations that gave up trying'}
      />
      <Tile
        href="/admin/operations?state=waiting"
        icon={<IconClockPause size={18} />}
        label="Waiting"
        count={overview.waiting}
        tone="warn"
        note={overview.waiting === 0 ? 'Nothing is held up' : 'Tried again by themselves'}
      />
      <Tile
        href="/admin/servers"
        icon={<IconServerOff size={18} />}
        label="Servers not answering"
        count={overview.serversOpen}
        tone="bad"
        note={`of ${overview.servers}`}
      />
      <Tile
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

interface TileProps {
  href: string;
  icon: ReactNode;
  label: string;
  count: number;
  /** Shown when the count is not zero. */
  tone: Tone;
  note: string;
}

function Tile({ href, icon, label, count, tone, note }: TileProps) {
  const shown: Tone = count === 0 ? 'good' : tone;
  return (
    <Paper component={RouteLink} href={href} withBorder p="md" className={classes.tile}>
      <Group gap="xs" wrap="nowrap">
        <ThemeIcon size={30} radius="md" variant="transparent" aria-hidden bg={toneTint(shown)} c={toneColor(shown)}>
          {icon}
        </ThemeIcon>
        <Text size="sm" c="dimmed" fw={500} lh={1.25}>
          {label}
        </Text>
      </Group>
      <Text className={classes.count} mt="xs">
        {count}
      </Text>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  );
}
