/** Numbers of invoices and receipts: counted without gaps, in the order they are committed. */
import { sql } from 'kysely';
import type { Tx } from '../kit/db.ts';

const PREFIXES = { invoice: 'INV', receipt: 'REC' } as const;
const DIGITS = 6;

/**
 * The next number of a kind, `INV-000042`. It is given back when the transaction rolls back, so everybody who wants
 * one waits until this transaction ends: ask as late as you can and do nothing slow after it.
 */
export async function takeNumber(tx: Tx, kind: keyof typeof PREFIXES): Promise<string> {
  const { lastNumber } = await tx
    .insertInto('numberSequence')
    .values({ name: kind, lastNumber: 1n })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ lastNumber: sql<bigint>`number_sequence.last_number + 1` }),
    )
    .returning('lastNumber')
    .executeTakeFirstOrThrow();
  return `${PREFIXES[kind]}-${lastNumber.toString().padStart(DIGITS, '0')}`;
}
