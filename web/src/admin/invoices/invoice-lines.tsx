import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from '../../api/types.ts';
import { Money } from '../../ui/money.tsx';
import { Section } from '../../ui/section.tsx';
import { Day } from '../../ui/time.tsx';
import { ListTable } from '../shared/list-table.tsx';

/** The lines of an invoice and how its total comes down to what is owed; every amount is the API's. */
export function InvoiceLines({ invoice }: { invoice: Api<'Invoice'> }) {
  const money = (minor: number) => <Money minor={minor} currency={invoice.currency} />;
  return (
    <Section title="Lines" flush>
      <ListTable
        flush
        label="Lines"
        rows={invoice.lines}
        rowKey={(line) => line.id}
        columns={[
          { key: 'description', header: 'Description', cell: (line) => line.description },
          {
            key: 'period',
            header: 'Period',
            cell: (line) =>
              line.periodFrom ? (
                <>
                  <Day day={line.periodFrom} /> – <Day day={line.periodTo} />
                </>
              ) : (
                '–'
              ),
          },
          { key: 'quantity', header: 'Quantity', align: 'end', cell: (line) => line.quantity },
          { key: 'unit', header: 'Each', align: 'end', hideOnPhone: true, cell: (line) => money(line.unitMinor) },
          { key: 'amount', header: 'Amount', align: 'end', cell: (line) => money(line.amountMinor) },
        ]}
        empty={
          <Text size="sm" c="dimmed" p="lg">
            This invoice has no lines.
          </Text>
        }
      />
      <Stack gap={6} p="lg" ml="auto" maw={340}>
        <Total label="Total">{money(invoice.totalMinor)}</Total>
        {invoice.creditAppliedMinor !== 0 && <Total label="From credit">{money(invoice.creditAppliedMinor)}</Total>}
        <Total label="Paid">{money(invoice.paidMinor - invoice.creditAppliedMinor)}</Total>
        {invoice.state === 'unpaid' && (
          <Total label="Still owed" strong>
            {money(invoice.dueMinor)}
          </Total>
        )}
      </Stack>
    </Section>
  );
}

const Total = ({ label, strong, children }: { label: string; strong?: boolean; children: ReactNode }) => (
  <Group justify="space-between" fz="sm" fw={strong ? 650 : 400}>
    <span>{label}</span>
    {children}
  </Group>
);
