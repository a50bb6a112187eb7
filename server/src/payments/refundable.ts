/** How much of a payment can be given back, so that no money is ever given twice. */
import { worthOfInvoice } from '../billing/worth-of-invoice.ts';
import type { Db } from '../kit/db.ts';
import type { PaymentRow } from './conclude-payment.ts';

export interface PaymentStanding {
  /** Minor units of the payment that no refund has given back, or is about to. */
  leftMinor: bigint;
  /** How much of that lies on no invoice but became the customer's credit. */
  asCreditMinor: bigint;
  /** What credit the customer has now; what is spent cannot be taken back. */
  balanceMinor: bigint;
}

export interface Refundable {
  /** At most, as money. */
  asMoneyMinor: bigint;
  /** At most, as credit: what is credit already cannot become it again. */
  asCreditMinor: bigint;
  /** How much credit the customer loses with a refund in money. What was paid too much goes back first. */
  creditLostBy(amountMinor: bigint): bigint;
}

export function refundable({ leftMinor, asCreditMinor, balanceMinor }: PaymentStanding): Refundable {
  const onInvoice = leftMinor - asCreditMinor;
  const recoverable = smaller(asCreditMinor, balanceMinor > 0n ? balanceMinor : 0n);
  return {
    asMoneyMinor: onInvoice + recoverable,
    asCreditMinor: onInvoice,
    creditLostBy: (amountMinor) => smaller(amountMinor, recoverable),
  };
}

/** Where the money of a settled payment is now; hold the customer while anything is decided by it. */
export async function standingOf(
  db: Db,
  payment: PaymentRow,
  { balanceMinor }: { balanceMinor: bigint },
): Promise<PaymentStanding> {
  const refunds = await db
    .selectFrom('refund')
    .select(['amountMinor', 'creditMinor'])
    .where('paymentId', '=', payment.id)
    .where('state', '!=', 'refused')
    .execute();
  const entries = await db
    .selectFrom('creditEntry')
    .select('amountMinor')
    .where('causeKind', '=', 'payment')
    .where('causeId', '=', payment.id)
    .execute();
  const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  const leftMinor = payment.amountMinor - sum(refunds.map(({ amountMinor }) => amountMinor));
  const overpaid =
    sum(entries.map(({ amountMinor }) => amountMinor)) - sum(refunds.map(({ creditMinor }) => creditMinor));
  // What lay on a void invoice, or paid for a service that was not made, is credit too.
  const worth = await worthOfInvoice(db, payment.invoiceId);
  const onInvoice = larger(0n, smaller(leftMinor - overpaid, worth));
  return { leftMinor, asCreditMinor: leftMinor - onInvoice, balanceMinor };
}

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
const larger = (a: bigint, b: bigint) => (a > b ? a : b);
