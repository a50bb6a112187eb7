import { Badge, Group, Stack, Text } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import { ExpiryBadge } from '../../payments/expiry-badge.tsx';
import { Section } from '../../ui/section.tsx';
import { Loaded } from '../shared/loaded.tsx';

/** What a customer can be charged with while away; only they add and remove. */
export function SavedMethods({ customerId }: { customerId: string }) {
  const saved = useApiQuery('/api/v1/customers/{id}/saved-methods', { path: { id: customerId } });
  return (
    <Section title="Saved payment methods">
      <Loaded query={saved}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing is saved. Invoices are paid one by one.
            </Text>
          ) : (
            <Stack gap="sm">
              {items.map((method) => (
                <Group key={method.id} gap="xs">
                  <Text size="sm">
                    {method.label}, {method.gatewayName}
                  </Text>
                  {method.isDefault && (
                    <Badge variant="light" tt="none" fw={550}>
                      Charged first
                    </Badge>
                  )}
                  <ExpiryBadge expiresIn={method.expiresIn} />
                </Group>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}
