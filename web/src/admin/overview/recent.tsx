/** The newest of something, each a way to its page. */
import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Money } from '../../ui/money.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment, Seconds } from '../../ui/time.tsx';
import { ACTION_WORDS } from '../shared/words.ts';

export const RecentOrders = ({ orders }: { orders: Api<'Overview'>['recentOrders'] }) => (
  <Recent
    room="orders"
    rows={orders}
    nameOf={(order) => `#${order.number} ${order.customerName}`}
    factsOf={(order) => (
      <>
        <Money minor={order.totalMinor} currency={order.currency} />, <Moment at={order.placedAt} />
      </>
    )}
    empty={<EmptyState title="No orders yet" text="Customers order in the store." />}
  />
);

export const RecentOperations = ({ operations }: { operations: Api<'Overview'>['recentOperations'] }) => (
  <Recent
    room="operations"
    rows={operations}
    nameOf={(operation) => operation.domain}
    factsOf={(operation) => (
      <>
        {ACTION_WORDS[operation.action]}, <Moment at={operation.createdAt} />
        {operation.seconds !== null && (
          <>
            , took <Seconds seconds={operation.seconds} />
          </>
        )}
      </>
    )}
    empty={<EmptyState title="Nothing has run yet" text="The first paid order shows up here, step by step." />}
  />
);

interface Props<T> {
  room: 'orders' | 'operations';
  rows: T[];
  nameOf: (row: T) => string;
  factsOf: (row: T) => ReactNode;
  empty: ReactNode;
}

const Recent = <T extends { id: string; state: string }>({ room, rows, nameOf, factsOf, empty }: Props<T>) => (
  <Section
    title={`Recent ${room}`}
    actions={
      <TextLink href={`/admin/${room}`} size="sm" underline="hover">
        All {room}
      </TextLink>
    }
  >
    {rows.length === 0 ? (
      empty
    ) : (
      <Stack gap={0}>
        {rows.map((row) => (
          <Group key={row.id} justify="space-between" py={8} wrap="nowrap" gap="sm">
            <Stack gap={0} miw={0}>
              <TextLink href={`/admin/${room}/${row.id}`} size="sm" fw={500} truncate underline="hover">
                {nameOf(row)}
              </TextLink>
              <Text size="xs" c="dimmed">
                {factsOf(row)}
              </Text>
            </Stack>
            <StateBadge state={row.state} />
          </Group>
        ))}
      </Stack>
    )}
  </Section>
);
