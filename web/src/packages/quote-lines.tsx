import { Stack, Text } from '@mantine/core';
import type { Api } from '../api/types.ts';
import { perCycle } from '../ui/cycle.ts';
import { formatMoney } from '../ui/money.tsx';
import { Sums } from '../ui/sums.tsx';
import { formatDay } from '../ui/time.tsx';

type Quote = Api<'PackageQuote'>;

const LINE_WORDS = {
  old_rest: 'Rest of',
  new_rest: 'The same days of',
} satisfies Record<Quote['lines'][number]['kind'], string>;

/** What a move costs and why: the unused days back, the same days of the new package, and what renewals cost then. */
export function QuoteLines({ quote }: { quote: Quote }) {
  const money = (minor: number) => formatMoney(minor, quote.currency);
  return (
    <Stack gap="sm">
      <Sums
        rows={quote.lines.map((line) => [`${LINE_WORDS[line.kind]} ${line.productName}`, money(line.amountMinor)])}
        total={
          quote.dueMinor < 0
            ? ['Becomes credit once it is made', money(-quote.dueMinor)]
            : ['Due now', money(quote.dueMinor)]
        }
      />
      <Text size="sm" c="dimmed">
        {daysText(quote)}
        <br />
        Next renewal on {formatDay(quote.nextDueOn)}: {money(quote.newRecurringMinor)} {perCycle(quote.cycle)}, now{' '}
        {money(quote.oldRecurringMinor)}.
      </Text>
    </Stack>
  );
}

function daysText({ daysLeft, periodDays, periodTo, furtherPeriods }: Quote): string {
  const days = `Reckoned by whole days: ${daysLeft} of ${periodDays} are left until ${formatDay(periodTo)}`;
  return furtherPeriods > 0
    ? `${days}, and ${furtherPeriods} further ${furtherPeriods === 1 ? 'period is' : 'periods are'} paid.`
    : `${days}.`;
}
