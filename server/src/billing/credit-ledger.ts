/** The credit ledger: rows that never change, whose sum is what a customer has. */
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';

export interface NewCreditEntry {
  customerId: string;
  currency: string;
  /** Positive gives, negative takes; never 0. */
  amountMinor: bigint;
  /** Shown to the customer. Together with the cause it is written once. */
  reason: string;
  cause: { kind: string; id: string | null };
}

/** Write an entry. Who takes credit away must hold the customer, so that the balance cannot go below zero. */
export async function writeCredit(tx: TransactionContext, entry: NewCreditEntry): Promise<void> {
  const { cause, ...values } = entry;
  const id = uuidv7();
  await tx.db
    .insertInto('creditEntry')
    .values({
      ...values,
      id,
      causeKind: cause.kind,
      causeId: cause.id,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .execute();
  const after = { amountMinor: entry.amountMinor.toString(), currency: entry.currency, reason: entry.reason };
  const payload = { customerId: entry.customerId, creditEntryId: id };
  await record(tx, 'credit.changed', { kind: 'customer', id: entry.customerId }, payload, { after });
}
