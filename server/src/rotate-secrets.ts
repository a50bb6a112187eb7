import { sql } from 'kysely';
import type { Context, TransactionContext } from './kit/context.ts';
import { audit } from './kit/events.ts';
import { allow } from './kit/permissions.ts';
import { type Keyring, KeyringError } from './kit/secrets.ts';
import {
  columnName,
  holdsSecret,
  keyIdOf,
  keyIdsInUse,
  SEALED_COLUMNS,
  type SealedColumn,
  sealedTexts,
} from './sealed-columns.ts';

/** Rows re-wrapped in one transaction. */
const BATCH = 200;

export interface Rotation {
  /** The master key every value opens with now. */
  keyId: string;
  /** Whether this call made that key. */
  added: boolean;
  /** Rows re-wrapped, by table and column. */
  rewrapped: Record<string, number>;
  /** Master keys that are still needed: only `keyId`. */
  keyIdsInUse: string[];
}

/**
 * Bring every sealed value under the newest master key. The values themselves stay sealed all the while: only the small
 * key of each is wrapped anew.
 *
 * A call that was cut short is finished by the next one, which then makes no further key. With keys from HOSTWRIGHT_KEY
 * none is made here at all: put the new one in front there first.
 *
 * A process that was started with older keys only cannot open what is re-wrapped: stop it before.
 *
 * @param options.addKey false to go on to the newest key there is
 * @throws KeyringError naming the row whose value does not open; rows before it are done and stay good
 */
export async function rotateSecrets(ctx: Context, options: { addKey: boolean }): Promise<Rotation> {
  allow(ctx.actor, 'settings:write');
  const { keyring } = ctx.app;
  const unfinished = (await keyIdsInUse(ctx.db)).some((id) => id !== keyring.currentKeyId);
  const added = options.addKey && !unfinished;
  if (added) keyring.addKey();
  const rewrapped: Record<string, number> = {};
  for (const column of SEALED_COLUMNS) rewrapped[columnName(column)] = await rewrapColumn(ctx, column);
  const keyId = keyring.currentKeyId;
  await ctx.transaction((tx) =>
    audit(tx, 'secrets.rotated', { kind: 'setting', id: null }, { after: { keyId, rewrapped } }),
  );
  return { keyId, added, rewrapped, keyIdsInUse: await keyIdsInUse(ctx.db) };
}

async function rewrapColumn(ctx: Context, column: SealedColumn): Promise<number> {
  let count = 0;
  let after: string | undefined;
  for (;;) {
    const keys = await ctx.transaction((tx) => rewrapBatch(tx, column, after));
    count += keys.length;
    after = keys.at(-1);
    if (after === undefined) return count;
  }
}

/** @returns keys of the rows that were re-wrapped, in order; none when nothing is left */
async function rewrapBatch(tx: TransactionContext, column: SealedColumn, after: string | undefined): Promise<string[]> {
  const { keyring } = tx.app;
  const [table, key, value] = [sql.table(column.table), sql.ref(column.key), sql.ref(column.column)];
  const { rows } = await sql<{ key: string; sealed: unknown }>`
    select ${key}::text as key, ${value} as sealed from ${table}
     where ${holdsSecret(column)} ${after === undefined ? sql`` : sql`and ${key} > ${after}`}
       and exists (select from ${sealedTexts(column)} where ${keyIdOf} <> ${keyring.currentKeyId})
     order by ${key} limit ${BATCH} for update`.execute(tx.db);
  for (const row of rows) {
    const sealed = rewrapped(keyring, column, row);
    const stored = column.shape === 'text' ? sealed : JSON.stringify(sealed);
    await sql`update ${table} set ${value} = ${stored} where ${key} = ${row.key}`.execute(tx.db);
  }
  return rows.map((row) => row.key);
}

function rewrapped(keyring: Keyring, column: SealedColumn, row: { key: string; sealed: unknown }) {
  const context = column.context(row.key);
  try {
    if (column.shape !== 'object') return keyring.rewrap(row.sealed as string, context); // what `shape` says
    const named = Object.entries(row.sealed as Record<string, string>);
    return Object.fromEntries(named.map(([name, sealed]) => [name, keyring.rewrap(sealed, context)]));
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    throw new KeyringError(`${columnName(column)} of ${row.key}: ${error.message}`, { cause: error });
  }
}
