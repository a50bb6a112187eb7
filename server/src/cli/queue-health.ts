import { sql } from 'kysely';
import type pg from 'pg';
import type { Context } from '../kit/context.ts';
import { countWorkers } from './running-shop.ts';

export interface QueueHealth {
  /** Processes that work on this database now. */
  workers: number;
  /** How many operations are in each state; states without any are left out. */
  operations: Record<string, number>;
  /** How long ago the time of the longest waiting operation came; null when none is due. */
  oldestDueSeconds: number | null;
  openAlerts: number;
  mailsQueued: number;
}

export async function queueHealth(ctx: Context, pool: pg.Pool): Promise<QueueHealth> {
  const states = await ctx.db
    .selectFrom('operation')
    .select(({ fn }) => ['state', fn.countAll<bigint>().as('count')])
    .groupBy('state')
    .orderBy('state')
    .execute();
  const counts = await ctx.db
    .selectNoFrom((on) => [
      on
        .selectFrom('operation')
        .select(sql<Date | null>`min(coalesce(next_try_at, created_at))`.as('oldest'))
        .where((row) =>
          row.or([
            row('state', '=', 'planned'),
            row.and([row('state', '=', 'waiting'), row('nextTryAt', '<=', ctx.clock.now())]),
          ]),
        )
        .as('oldest'),
      on.selectFrom('alert').select(on.fn.countAll<bigint>().as('count')).where('resolvedAt', 'is', null).as('alerts'),
      on.selectFrom('mail').select(on.fn.countAll<bigint>().as('count')).where('state', '=', 'queued').as('mails'),
    ])
    .executeTakeFirstOrThrow();
  return {
    workers: await countWorkers(pool),
    operations: Object.fromEntries(states.map(({ state, count }) => [state, Number(count)])),
    oldestDueSeconds:
      counts.oldest && Math.max(0, Math.round((ctx.clock.now().getTime() - counts.oldest.getTime()) / 1000)),
    openAlerts: Number(counts.alerts),
    mailsQueued: Number(counts.mails),
  };
}
