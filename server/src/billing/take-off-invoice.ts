import type { TransactionContext } from '../kit/context.ts';
import { lockInvoice } from './queries.ts';

/**
 * Money of a payment leaves its invoice because it was given back. Only an unpaid invoice asks for it again: a paid one
 * stays the proof of what was bought, and a void one has nothing on it.
 *
 * @param input.amountMinor 0 or more; no more is taken off than is there
 * @throws NotFound
 */
export async function takeOffInvoice(
  tx: TransactionContext,
  input: { invoiceId: string; amountMinor: bigint },
): Promise<void> {
  const invoice = await lockInvoice(tx.db, input.invoiceId);
  if (invoice.state !== 'unpaid') return;
  const left = invoice.paidMinor - input.amountMinor;
  const paidMinor = left > 0n ? left : 0n;
  await tx.db.updateTable('invoice').set({ paidMinor }).where('id', '=', invoice.id).execute();
}
