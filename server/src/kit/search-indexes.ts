/** The indexes of search, which need an extension that a server may refuse. */
import type pg from 'pg';

/**
 * Add those that are missing; they are made with the tables, unless PostgreSQL refused. A second call does nothing.
 * @returns why PostgreSQL refuses them, null when they are there
 */
export async function addSearchIndexes(pool: pg.Pool): Promise<string | null> {
  const { rows } = await pool.query<{ reason: string | null }>('select add_search_indexes() as reason');
  return rows[0]?.reason ?? null;
}

/** Whether they are there; nothing is changed. */
export async function hasSearchIndexes(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`select to_regclass('customer_search') is not null as present`);
  return rows[0].present;
}
