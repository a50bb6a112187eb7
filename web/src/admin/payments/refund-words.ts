import type { Api } from '../../api/types.ts';

export type RefundTarget = Api<'PaymentDetail'>['refunds'][number]['target'];

/** The ways of a refund. */
export const REFUND_TARGET_WORDS = {
  gateway: { name: 'The way it came', help: 'Through the gateway, to the card or account it was paid from.' },
  credit: { name: 'As credit', help: 'The customer can pay any invoice with it.' },
  by_hand: { name: 'By hand', help: 'You send it yourself, by bank transfer for example; this writes it down.' },
} satisfies Record<RefundTarget, { name: string; help: string }>;
