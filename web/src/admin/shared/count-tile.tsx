import { Group, Paper, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { RouteLink } from '../../ui/links.tsx';
import { type Tone, toneColor, toneTint } from '../../ui/theme.ts';
import classes from './count-tile.module.css';

interface Props {
  href: string;
  icon: ReactNode;
  label: string;
  /** Nothing while it is not known yet. */
  count: number | undefined;
  /** Shown when the count is not zero. */
  tone: Tone;
  /** Shown when the count is zero. */
  toneOfNone?: Tone;
  note: string;
}

/** How many there are of something, and the way to them. */
export function CountTile({ href, icon, label, count, tone, toneOfNone = 'good', note }: Props) {
  const shown: Tone = count ? tone : toneOfNone;
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
        {count ?? '–'}
      </Text>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  );
}
