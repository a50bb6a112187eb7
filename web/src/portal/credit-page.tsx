import { Group, Stack, Text } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import { useApiQuery } from '../api/client.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatMoney, Money } from '../ui/money.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { Section } from '../ui/section.tsx';
import { Minute } from '../ui/time.tsx';

export function CreditPage() {
  const credit = useApiQuery('/api/v1/portal/credit', {});
  if (credit.error) return <PageError error={credit.error} onRetry={() => void credit.refetch()} />;
  if (!credit.data) return <PageLoading />;
  const { balances, entries } = credit.data;
  return (
    <Page title="Credit" subtitle="Money we hold for you. It can pay any invoice in its currency." size="md">
      <Stack gap="lg">
        {balances.length > 0 && (
          <Section title="Balance">
            <Group gap="xl">
              {balances.map(({ currency, amountMinor }) => (
                <Text key={currency} fz={28} fw={680} className="ui-numbers">
                  {formatMoney(amountMinor, currency)}
                </Text>
              ))}
            </Group>
          </Section>
        )}
        <Section title="Where it came from and went">
          {entries.length === 0 ? (
            <EmptyState
              icon={IconCoin}
              title="No credit yet"
              text="Overpayments and refunds that stay with us are listed here."
            />
          ) : (
            <Stack gap="md">
              {entries.map((entry) => (
                <Group key={entry.id} justify="space-between" wrap="nowrap" align="flex-start">
                  <div>
                    <Text size="sm">{entry.reason}</Text>
                    <Text size="sm" c="dimmed" component="div">
                      <Minute at={entry.createdAt} />
                    </Text>
                  </div>
                  <Text size="sm" fw={550}>
                    {entry.amountMinor > 0 && '+'}
                    <Money minor={entry.amountMinor} currency={entry.currency} />
                  </Text>
                </Group>
              ))}
            </Stack>
          )}
        </Section>
      </Stack>
    </Page>
  );
}
