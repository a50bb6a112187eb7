import type pg from 'pg';
import { CommandError } from './command-error.ts';

/** The session every working process listens on, as kit/jobs names it. */
const LISTENER = 'hostwright jobs listener';

/** How many processes work on this database now, wherever they run. */
export async function countWorkers(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(distinct pid)::int as count from pg_stat_activity
      where datname = current_database() and application_name = $1`,
    [LISTENER],
  );
  return rows[0]?.count ?? 0;
}

/** @throws CommandError `shop_is_running` */
export async function refuseWhileRunning(pool: pg.Pool, why: string): Promise<void> {
  const count = await countWorkers(pool);
  if (count === 0) return;
  const processes = count === 1 ? 'One process of the shop runs' : `${count} processes of the shop run`;
  throw new CommandError('shop_is_running', `${processes} on this database. ${why}`);
}
