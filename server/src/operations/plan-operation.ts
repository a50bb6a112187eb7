/** An act on a service, stored with everything it needs before anybody acts. */
import type { OperationName } from '@hostwright/sdk';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { DEFAULT_ATTEMPTS } from './outcome.ts';
import { liveCount, liveLimit, type OperationRow, unfinishedOperation } from './queries.ts';
import { queueRun } from './run.job.ts';
import { retryRules } from './work.ts';

export interface NewOperation {
  serviceId: string;
  action: OperationName;
  moduleId: string;
  /** Where the account is; null while a create has no place yet. */
  serverId: string | null;
  serverGroupId: string;
  /** Never secrets. */
  parameters?: Record<string, unknown>;
  secrets?: Record<string, string>;
  /** Names this one act for ever: planning it again returns the first. */
  idempotencyKey: string;
}

/**
 * Plan an operation and, when its server has slots to spare, the job that runs it. On a busy server it waits in our own
 * table instead, so that thousands of them do not stand in the way of other servers.
 *
 * The caller has locked the service.
 * @throws Conflict `operation_unfinished` while another one of this service is not over
 */
export async function planOperation(tx: TransactionContext, wanted: NewOperation): Promise<OperationRow> {
  const planned = await tx.db
    .selectFrom('operation')
    .selectAll()
    .where('idempotencyKey', '=', wanted.idempotencyKey)
    .executeTakeFirst();
  if (planned) return planned;
  const unfinished = await unfinishedOperation(tx.db, wanted.serviceId);
  if (unfinished) {
    throw new Conflict('operation_unfinished', {
      operationId: unfinished.id,
      action: unfinished.action,
      state: unfinished.state,
    });
  }
  const id = uuidv7();
  const line = wanted.serverId ? { serverId: wanted.serverId } : { serverGroupId: wanted.serverGroupId };
  const ready = (await liveCount(tx.db, line)) < (await liveLimit(tx.db, line));
  const now = tx.clock.now();
  const operation = await tx.db
    .insertInto('operation')
    .values({
      id,
      serviceId: wanted.serviceId,
      action: wanted.action,
      ...(ready ? { state: 'planned' } : { state: 'waiting', waitReason: 'queued', nextTryAt: now }),
      idempotencyKey: wanted.idempotencyKey,
      parameters: JSON.stringify(wanted.parameters ?? {}),
      sealedParameters: wanted.secrets ? tx.app.keyring.seal(JSON.stringify(wanted.secrets), `operation:${id}`) : null,
      serverId: wanted.serverId,
      serverGroupId: wanted.serverGroupId,
      maxAttempts: retryRules(tx.app.modules.get(wanted.moduleId), wanted.action).attempts ?? DEFAULT_ATTEMPTS,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: now,
      heartbeatAt: sql`clock_timestamp()`,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (ready) await queueRun(tx, id);
  const payload = { operationId: id, serviceId: wanted.serviceId };
  await record(tx, 'operation.planned', { kind: 'operation', id }, payload, { after: { action: wanted.action } });
  return operation;
}
