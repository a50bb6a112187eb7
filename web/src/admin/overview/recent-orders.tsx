import { Group, Stack, Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Money } from '../../ui/money.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';

/** The newest orders, each a way to its page. */
export const RecentOrders = ({ orders }: { orders: Api<'Overview'>['recentOrders'] }) => (
  <Section
    title="Recent orders"
    actions={
      <TextLink href="/admin/orders" size="sm" underline="hover">
        All orders
      </TextLink>
    }
  >
    {orders.length === 0 ? (
      <EmptyState title="No orders yet" text="Customers order in the store." />
    ) : (
      <Stack gap={0}>
        {orders.map((order) => (
          <Group key={order.id} justify="space-between" py={8} wrap="nowrap" gap="sm">
            <Stack gap={0} miw={0}>
              <TextLink href={`/admin/orders/${order.id}`} size="sm" fw={500} truncate underline="hover">
                #{order.number} {order.customerName}
              </TextLink>
              <Text size="xs" c="dimmed">
                <Money minor={order.totalMinor} currency={order.currency} />, <Moment at={order.placedAt} />
              </Text>
            </Stack>
            <StateBadge state={order.state} />
          </Group>
        ))}
      </Stack>
    )}
  </Section>
);
