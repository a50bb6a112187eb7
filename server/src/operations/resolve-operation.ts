import { ModuleFailure } from '@hostwright/sdk';
import { sql } from 'kysely';
import { Wait } from '../kit/acts.ts';
import { closeAlerts } from '../kit/alerts.ts';
import { type Context, withTrace } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit, record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { GIVEN_UP, isResolvable } from './choices.ts';
import { lockKey } from './lock-key.ts';
import { type OperationRow, operationById } from './queries.ts';
import { queueRun } from './run.job.ts';
import { openWork } from './work.ts';

const PANEL_SECONDS = 60;

/**
 * Close an operation that waits for staff or for its time.
 *
 * - `mark_done` looks at the panel and takes over what stands there; what is left to do goes on by itself.
 * - `give_up` ends it as failed. A service never made is cancelled and its price becomes credit.
 *
 * @throws Conflict `operation_not_waiting`, `operation_running`, or what the panel shows instead (`account_absent`,
 *   `account_exists`, …), or `panel_not_asked` when it does not answer; nothing has changed then
 */
export async function resolveOperation(
  ctx: Context,
  input: { operationId: string; how: 'mark_done' | 'give_up'; note: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'operations:write');
  const release = await ctx.app.locks.tryLock(lockKey(input.operationId));
  if (!release) throw new Conflict('operation_running', { operationId: input.operationId });
  try {
    return await resolveLocked(ctx, input);
  } finally {
    await release();
  }
}

async function resolveLocked(
  ctx: Context,
  { operationId, how, note }: { operationId: string; how: 'mark_done' | 'give_up'; note: string },
) {
  const found = await operationById(ctx.db, operationId);
  if (!found) throw new NotFound('operation_not_found', { operationId });
  if (!isResolvable(found)) throw new Conflict('operation_not_waiting', { operationId, state: found.state });
  // Raised like any take-over, so that a worker thought dead cannot write over what staff decided.
  const operation = await ctx.app.db
    .updateTable('operation')
    .set({ fence: sql`fence + 1` })
    .where('id', '=', operationId)
    .where('fence', '=', found.fence)
    .returningAll()
    .executeTakeFirst();
  if (!operation) throw new Conflict('operation_running', { operationId });
  const { work, write, close } = openWork(ctx.app, operation, AbortSignal.timeout(PANEL_SECONDS * 1000), {
    insist: true,
  });
  const act = ctx.app.acts[work.action];
  const subject = { kind: 'operation', id: operationId };
  const payload = { operationId, serviceId: operation.serviceId };
  try {
    if (how === 'mark_done') {
      const left = await act.markDone(work).catch(panelNotAsked);
      await write(async (tx) => {
        const now = tx.clock.now();
        await tx.db
          .updateTable('operation')
          .set(
            left === 'done'
              ? { state: 'done', finishedAt: now, nextTryAt: null, waitReason: null, sealedParameters: null }
              : {
                  state: 'planned',
                  attempts: 0,
                  nextTryAt: null,
                  waitReason: null,
                  heartbeatAt: sql`clock_timestamp()`,
                },
          )
          .where('id', '=', operationId)
          .execute();
        await finish(tx);
        if (left === 'go_on') await queueRun(tx, operationId);
        else await record(tx, 'operation.done', subject, payload);
      });
    } else {
      await act.beforeGiveUp?.(work).catch(panelNotAsked);
      await write(async (tx) => {
        await act.giveUp(withTrace(tx, { actor: ctx.actor }), { id: operationId, serviceId: operation.serviceId });
        await tx.db
          .updateTable('operation')
          .set({
            state: 'failed',
            errorKind: GIVEN_UP,
            finishedAt: tx.clock.now(),
            nextTryAt: null,
            waitReason: null,
            sealedParameters: null,
          })
          .where('id', '=', operationId)
          .execute();
        await finish(tx);
      });
    }
  } finally {
    await close();
  }
  return (await operationById(ctx.app.db, operationId)) as OperationRow;

  async function finish(tx: Parameters<Parameters<typeof write>[0]>[0]) {
    const byStaff = withTrace(tx, { actor: ctx.actor });
    await closeAlerts(byStaff, { subject });
    await audit(byStaff, `operation.${how}`, subject, { after: { note } });
    await record(byStaff, 'operation.resolved', subject, payload);
  }
}

/** What stands on the panel decides, so without its answer nothing is decided. */
function panelNotAsked(error: unknown): never {
  if (error instanceof ModuleFailure) {
    throw new Conflict('panel_not_asked', { reason: error.message, detail: error.detail ?? null }, { cause: error });
  }
  if (error instanceof Wait) throw new Conflict('panel_not_asked', { reason: error.message, detail: null });
  throw error;
}
