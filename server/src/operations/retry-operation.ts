import { sql } from 'kysely';
import { closeAlerts } from '../kit/alerts.ts';
import { type Context, withTrace } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { lockOperation, type OperationRow, unfinishedOperation } from './queries.ts';
import { queueRun } from './run.job.ts';

/**
 * Try an operation again now, with a fresh count of attempts; finished steps are kept. One that waits need not wait
 * longer; one that is planned or running already is returned as it is.
 *
 * @param input.username another name for the account, and `input.domain` another domain: only while a create has made none
 * @throws Conflict `operation_done` when nothing of it is left to do, `operation_unfinished` while the service has another
 */
export async function retryOperation(
  ctx: Context,
  input: { operationId: string; username?: string; domain?: string },
): Promise<OperationRow> {
  allow(ctx.actor, 'operations:write');
  return ctx.transaction(async (tx) => {
    const operation = await lockOperation(tx.db, input.operationId);
    if (!operation) throw new NotFound('operation_not_found', { operationId: input.operationId });
    if (operation.state === 'planned' || operation.state === 'running') return operation;
    const left = await tx.db
      .selectFrom('jobStep')
      .select('name')
      .where('runId', '=', operation.id)
      .where('state', 'not in', ['done', 'skipped'])
      .execute();
    if (operation.state === 'done' && left.length === 0) throw new Conflict('operation_done');
    const other = await unfinishedOperation(tx.db, operation.serviceId);
    if (other && other.id !== operation.id) throw new Conflict('operation_unfinished', { operationId: other.id });
    const change = {
      ...(input.username ? { username: input.username } : {}),
      ...(input.domain ? { domain: input.domain } : {}),
    };
    if (
      Object.keys(change).length > 0 &&
      !(operation.action === 'create' && left.some(({ name }) => name === 'Create the account'))
    ) {
      throw new Conflict('account_exists', { operationId: operation.id });
    }
    const retried = await tx.db
      .updateTable('operation')
      .set({
        state: 'planned',
        attempts: 0,
        nextTryAt: null,
        waitReason: null,
        finishedAt: null,
        hiddenAt: null,
        heartbeatAt: sql`clock_timestamp()`,
        parameters: JSON.stringify({ ...(operation.parameters as Record<string, unknown>), ...change }),
      })
      .where('id', '=', operation.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const subject = { kind: 'operation', id: operation.id };
    await closeAlerts(tx, { subject });
    await audit(tx, 'operation.retried', subject, {
      before: { state: operation.state, attempts: operation.attempts },
      after: change,
    });
    await queueRun(withTrace(tx, { correlationId: operation.correlationId }), operation.id);
    return retried;
  });
}
