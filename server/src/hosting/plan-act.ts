import type { OperationName } from '@hostwright/sdk';
import { uuidv7 } from 'uuidv7';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { planOperation } from '../operations/plan-operation.ts';
import { type OperationRow, unfinishedOperation } from '../operations/queries.ts';
import { refuseUnless } from './lifecycle.ts';
import { lockService, readSubject, type Subject } from './subject.ts';

export interface WantedAct {
  serviceId: string;
  action: Exclude<OperationName, 'create'>;
  /** Never secrets. */
  parameters?: Record<string, unknown>;
  secrets?: Record<string, string>;
  /** Names this one act for ever, for callers that may ask again after a crash; a new one each time when not given. */
  idempotencyKey?: string;
}

/**
 * Plan an act on a service that has an account. Asking twice while it is not over returns the first.
 *
 * @param prepare adds what the act needs, once the service is known and locked
 * @throws NotFound `service_not_found`
 * @throws Conflict `service_<state>` when the lifecycle has no such move, `operation_unfinished` while another act of this
 *   service is not over, `service_without_account` when it has none
 */
export function planAct(
  ctx: Context,
  wanted: WantedAct,
  prepare: (
    tx: TransactionContext,
    subject: Subject,
  ) => Promise<Pick<WantedAct, 'parameters' | 'secrets'>> = async () => ({}),
): Promise<OperationRow> {
  return ctx.transaction(async (tx) => {
    const locked = await lockService(tx.db, wanted.serviceId);
    if (!locked) throw new NotFound('service_not_found', { serviceId: wanted.serviceId });
    const unfinished = await unfinishedOperation(tx.db, wanted.serviceId);
    if (unfinished?.action === wanted.action) return unfinished;
    refuseUnless(locked, wanted.action);
    const subject = await readSubject(tx.db, wanted.serviceId);
    if (subject.serverId === null) throw new Conflict('service_without_account', { serviceId: subject.id });
    const prepared = await prepare(tx, subject);
    return planOperation(tx, {
      serviceId: subject.id,
      action: wanted.action,
      moduleId: subject.moduleId,
      serverId: subject.serverId,
      serverGroupId: subject.serverGroupId,
      parameters: { ...wanted.parameters, ...prepared.parameters },
      secrets: prepared.secrets ?? wanted.secrets,
      idempotencyKey: wanted.idempotencyKey ?? `${wanted.action}:${subject.id}:${uuidv7()}`,
    });
  });
}
