/** Steps of a job are written by the worker that has the job, and by nobody who had it before. */
import { sql } from 'kysely';
import type { Tx } from '../db.ts';
import type { Claim } from './boss.ts';

/** @returns refuses a step's transaction once the job was taken over; until that ends, nobody can take it over */
export function guardClaim(queue: string, { id, retryCount }: Claim): (tx: Tx) => Promise<void> {
  return async (tx) => {
    const { rows } = await sql`
      select from pgboss.job where name = ${queue} and id = ${id} and retry_count = ${retryCount} and state = 'active'
      for share`.execute(tx);
    if (rows.length === 0) throw new Error(`Job ${id} is not this worker's any more; its step was not written.`);
  };
}
