/** Which tables a backup holds, and what has to be known of them. SQL only. */
import type pg from 'pg';

export interface TableName {
  schema: string;
  name: string;
}

export interface Sequence extends TableName {
  /** The next number it hands out, as text. */
  next: string;
}

export interface ForeignKey extends TableName {
  constraint: string;
  definition: string;
}

/** Schema of the job queue (kit/jobs.ts). */
export const QUEUE_SCHEMA = 'pgboss';
/** What the queue would lose; its other tables hold its version, statistics and warnings. */
const QUEUE_TABLES = ['queue', 'schedule', 'subscription', 'job', 'job_dependency'];
/** Written by `migrate` itself before rows are restored. */
const NOT_COPIED = 'migration';

/** Rows look the same whatever the server or the role is set to. For one transaction, in which they are read or written. */
export const ROW_FORMAT = `
  set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local extra_float_digits = 3; set local client_encoding = 'UTF8'`;

/** Every table with data of the shop, by name; parts of a partitioned table are in the whole. */
export async function dataTables(client: pg.ClientBase): Promise<(TableName & { columns: string[] })[]> {
  const { rows } = await client.query<TableName & { columns: string[] }>(
    `select namespace.nspname as schema, class.relname as name,
            array_agg(attribute.attname::text order by attribute.attnum) as columns
       from pg_class class
       join pg_namespace namespace on namespace.oid = class.relnamespace
       join pg_attribute attribute on attribute.attrelid = class.oid
      where class.relkind in ('r', 'p') and not class.relispartition
        and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
        and (namespace.nspname = 'public' and class.relname <> $1
          or namespace.nspname = $2 and class.relname = any ($3))
      group by 1, 2
      order by 1, 2`,
    [NOT_COPIED, QUEUE_SCHEMA, QUEUE_TABLES],
  );
  return rows;
}

export async function hasRows(client: pg.ClientBase, table: TableName): Promise<boolean> {
  const { rows } = await client.query(`select exists (select from ${quoted(table)}) as found`);
  return rows[0].found;
}

/** Counters do not belong to a snapshot, so what is read here is never lower than what the snapshot's rows use. */
export async function sequences(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select schemaname as schema, sequencename as name, coalesce(last_value + increment_by, start_value)::text as next
       from pg_sequences where schemaname = 'public' order by 1, 2`,
  );
  return rows;
}

export async function foreignKeys(client: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select namespace.nspname as schema, class.relname as name, conname as constraint,
            pg_get_constraintdef(pg_constraint.oid) as definition
       from pg_constraint
       join pg_class class on class.oid = conrelid
       join pg_namespace namespace on namespace.oid = class.relnamespace
      where contype = 'f' and conparentid = 0 and namespace.nspname = any (array['public', $1])
      order by 1, 2, 3`,
    [QUEUE_SCHEMA],
  );
  return rows;
}

export const quoted = ({ schema, name }: TableName) => `${quotedName(schema)}.${quotedName(name)}`;
export const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`;
