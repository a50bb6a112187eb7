import { Group, Stack, Text } from '@mantine/core';
import type { Api } from '../api/types.ts';
import { Money } from '../ui/money.tsx';
import { Section } from '../ui/section.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Moment } from '../ui/time.tsx';

/** Every try to pay an invoice, the declined ones with their reason. */
export const InvoicePayments = ({ invoice }: { invoice: Api<'Invoice'> }) => (
  <Section title="Payments">
    <Stack gap="md">
      {invoice.payments.map((payment) => (
        <Group key={payment.id} justify="space-between" gap="sm">
          <div>
            <Text size="sm" fw={550}>
              {payment.gatewayName}
            </Text>
            <Text size="sm" c="dimmed" component="div">
              <Moment at={payment.createdAt} />
              {payment.message && ` · ${payment.message}`}
            </Text>
          </div>
          <Group gap="sm">
            <StateBadge state={payment.state} />
            <Text size="sm">
              <Money minor={payment.amountMinor} currency={invoice.currency} />
            </Text>
          </Group>
        </Group>
      ))}
    </Stack>
  </Section>
);
