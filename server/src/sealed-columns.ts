/** Where the database holds sealed values, as one table: rotation, backup and `doctor` read it. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './kit/db.ts';
import { sealingContext } from './payments/gateway-settings.ts';
import { sealingContext as secondFactorContext } from './staff/second-factor.ts';

export interface SealedColumn {
  table: string;
  column: string;
  /** Primary key. */
  key: string;
  /** One sealed text, a JSON object of them by name, or one as a JSON string. */
  shape: 'text' | 'object' | 'string';
  /** What a row's values are sealed for. */
  context: (key: string) => string;
  /** The one row that is meant, where the others hold no secret. */
  only?: string;
}

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'server', column: 'sealed_secrets', key: 'id', shape: 'object', context: (id) => `server:${id}` },
  { table: 'gateway_setting', column: 'sealed_secrets', key: 'gateway_id', shape: 'object', context: sealingContext },
  { table: 'service', column: 'sealed_password', key: 'id', shape: 'text', context: (id) => `service:${id}` },
  { table: 'operation', column: 'sealed_parameters', key: 'id', shape: 'text', context: (id) => `operation:${id}` },
  { table: 'two_factor', column: 'sealed_secret', key: 'user_id', shape: 'text', context: secondFactorContext },
  { table: 'mail', column: 'sealed_body', key: 'id', shape: 'text', context: (id) => `mail:${id}` },
  {
    table: 'setting',
    column: 'value',
    key: 'key',
    shape: 'string',
    context: (key) => key,
    only: 'session_secret',
  },
];

export const columnName = ({ table, column }: SealedColumn) => `${table}.${column}`;

/** The sealed texts of a row, as the subquery `each (text)`. */
export function sealedTexts({ column, shape }: SealedColumn): RawBuilder<unknown> {
  const value = sql.ref(column);
  switch (shape) {
    case 'text':
      return sql`(select ${value}) as each (text)`;
    case 'string':
      return sql`(select ${value} #>> '{}') as each (text)`;
    case 'object':
      return sql`(select value from jsonb_each_text(${value})) as each (text)`;
    default:
      return shape satisfies never;
  }
}

/** The rows that hold something sealed. */
export const holdsSecret = ({ column, key, only }: SealedColumn): RawBuilder<boolean> =>
  only === undefined
    ? sql`${sql.ref(column)} is not null`
    : sql`${sql.ref(column)} is not null and ${sql.ref(key)} = ${only}`;

/** The id of the master key a sealed text needs: its second part. */
export const keyIdOf = sql<string>`split_part(each.text, '.', 2)`;

/** One value for every master key that values are sealed with, to try the keys on. */
export interface SealedSample {
  /** Table and column. */
  where: string;
  keyId: string;
  sealed: string;
  context: string;
}

/** Samples of every column that is there: a database of an older version may lack one. */
export async function sealedSamples(db: Db): Promise<SealedSample[]> {
  const samples: SealedSample[] = [];
  for (const described of await presentColumns(db)) {
    const { rows } = await sql<{ keyId: string; key: string; sealed: string }>`
      select distinct on (1) ${keyIdOf} as key_id, ${sql.ref(described.key)}::text as key, each.text as sealed
        from ${sql.table(described.table)}, lateral ${sealedTexts(described)}
       where ${holdsSecret(described)}`.execute(db);
    for (const { keyId, key, sealed } of rows) {
      samples.push({ where: columnName(described), keyId, sealed, context: described.context(key) });
    }
  }
  return samples;
}

/** Ids of the master keys without which something in the database stays closed, sorted. */
export async function keyIdsInUse(db: Db): Promise<string[]> {
  return [...new Set((await sealedSamples(db)).map(({ keyId }) => keyId))].sort();
}

async function presentColumns(db: Db): Promise<SealedColumn[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public'`.execute(db);
  const present = new Set(rows.map(({ name }) => name));
  return SEALED_COLUMNS.filter((column) => present.has(columnName(column)));
}
