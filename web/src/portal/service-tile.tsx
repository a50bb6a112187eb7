import { Card, Group, Text } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { Api } from '../api/types.ts';
import { RouteLink } from '../ui/links.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { formatDay } from '../ui/time.tsx';
import classes from './portal.module.css';

/** A service as one big link. */
export function ServiceTile({ service }: { service: Api<'ServiceSummary'> }) {
  return (
    <Card component={RouteLink} href={`/portal/services/${service.id}`} className={classes.tile}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text fw={600} truncate>
            {service.domain}
          </Text>
          <Text size="sm" c="dimmed">
            {service.productName}
          </Text>
        </div>
        <StateBadge state={service.state} />
      </Group>
      <Group justify="space-between" mt="lg">
        <Text size="xs" c="dimmed">
          {service.nextDueOn ? `Next due ${formatDay(service.nextDueOn)}` : 'No renewal'}
        </Text>
        <IconChevronRight size={16} aria-hidden className={classes.chevron} />
      </Group>
    </Card>
  );
}
