import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { planOperation } from '../operations/plan-operation.ts';
import type { OperationRow } from '../operations/queries.ts';
import { can } from './lifecycle.ts';
import { newPassword } from './password.ts';
import { lockService, readSubject } from './subject.ts';

/**
 * Have the account of a pending service made now, paid or not. Asking twice returns the first operation.
 * @throws Conflict `service_<state>` when it is not pending
 */
export async function createAccount(ctx: Context, input: { serviceId: string }): Promise<OperationRow> {
  allow(ctx.actor, 'services:write');
  return ctx.transaction((tx) => planCreate(tx, input.serviceId));
}

/** Consequence of `invoice.paid`: what was waiting for this money is made. Services that are not pending are left alone. */
export async function createPaidAccounts(tx: TransactionContext, { invoiceId }: { invoiceId: string }): Promise<void> {
  const services = await tx.db
    .selectFrom('invoiceLine')
    .innerJoin('service', 'service.id', 'invoiceLine.causeId')
    .select('service.id')
    .distinct()
    .where('invoiceLine.invoiceId', '=', invoiceId)
    .where('invoiceLine.causeKind', '=', 'service')
    .where('service.state', '=', 'pending')
    .orderBy('service.id')
    .execute();
  for (const { id } of services) await planCreate(tx, id);
}

async function planCreate(tx: TransactionContext, serviceId: string): Promise<OperationRow> {
  const idempotencyKey = `create:${serviceId}`;
  const locked = await lockService(tx.db, serviceId);
  if (!locked) throw new NotFound('service_not_found', { serviceId });
  const planned = await tx.db
    .selectFrom('operation')
    .selectAll()
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst();
  if (planned) return planned;
  if (!can(locked, 'create')) throw new Conflict(`service_${locked.state}`, { serviceId, action: 'create' });
  const subject = await readSubject(tx.db, serviceId);
  const rules = tx.app.modules.get(subject.moduleId)?.passwords;
  return planOperation(tx, {
    serviceId,
    action: 'create',
    moduleId: subject.moduleId,
    serverId: null,
    serverGroupId: subject.serverGroupId,
    secrets: {
      password: newPassword(rules),
      mailboxPassword: newPassword(rules),
      databasePassword: newPassword(rules),
    },
    idempotencyKey,
  });
}
