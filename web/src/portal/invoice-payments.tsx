import { Group, Stack, Text } from '@mantine/core';
import type { Api } from '../api/types.ts';
import { formatMoney, Money } from '../ui/money.tsx';
import { Section } from '../ui/section.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Minute } from '../ui/time.tsx';

/** As their payer knows them. */
const LABELS: Partial<Record<Api<'Invoice'>['payments'][number]['state'], string>> = {
  settled: 'Received',
  waiting: 'Not finished',
  unknown: 'Being checked',
  pending: 'Under way',
};

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
              <Minute at={payment.createdAt} />
              {payment.message && ` · ${payment.message}`}
              {payment.refundedMinor > 0 && ` · ${formatMoney(payment.refundedMinor, invoice.currency)} refunded`}
            </Text>
          </div>
          <Group gap="sm">
            <StateBadge state={payment.state} label={LABELS[payment.state]} />
            <Text size="sm">
              <Money minor={payment.amountMinor} currency={invoice.currency} />
            </Text>
          </Group>
        </Group>
      ))}
    </Stack>
  </Section>
);
