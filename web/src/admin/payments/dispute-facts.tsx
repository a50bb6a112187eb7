import { Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { formatMoney } from '../../ui/money.tsx';
import { Moment } from '../../ui/time.tsx';

type Dispute = Pick<Api<'Payment'>, 'disputeState' | 'disputeMinor' | 'disputeReason' | 'disputedAt'>;

const WORDS = {
  open: 'Disputed by the customer at their bank',
  won: 'Dispute won',
  lost: 'Dispute lost',
} as const;

/** What became of a dispute, over how much, why, and since when. */
export function DisputeFacts({ dispute, currency }: { dispute: Dispute; currency: string }) {
  const { disputeState, disputeMinor, disputeReason, disputedAt } = dispute;
  if (disputeState === null || disputedAt === null) return null;
  const over = disputeMinor === null ? '' : `: ${formatMoney(disputeMinor, currency)}`;
  return (
    <Text span size="sm" c={disputeState === 'won' ? undefined : 'red'}>
      {WORDS[disputeState]}
      {over}, {disputeReason?.replaceAll('_', ' ')}, <Moment at={disputedAt} />
    </Text>
  );
}
