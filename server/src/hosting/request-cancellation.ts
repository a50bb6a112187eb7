import { uuidv7 } from 'uuidv7';
import { today } from '../kit/calendar.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict, Invalid, NotFound } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { type CancellationTiming, openCancellation } from './cancellation.ts';
import { refuseUnless } from './lifecycle.ts';
import { planAct } from './plan-act.ts';

export interface WantedCancellation {
  serviceId: string;
  /** `at_once`: the account is removed now. `end_of_term`: when what is paid for is used up; no more is invoiced. */
  timing: CancellationTiming;
  /** Why, in the owner's words; may be empty. */
  reason: string;
  /** For `at_once`: the service's domain, typed out. */
  confirmDomain?: string | undefined;
}

/**
 * Give up a service. Asking twice for the same is fine; a request for the end of the term can be made one for now.
 *
 * @throws NotFound `service_not_found`; Invalid `domain_not_confirmed`
 * @throws Conflict `service_<state>` when it has no account, `no_term` when it is not paid by periods, `term_over` when
 *   nothing paid is left; `operation_unfinished` when it cannot be removed at once because another act is not over
 */
export async function requestCancellation(ctx: Context, wanted: WantedCancellation): Promise<void> {
  allow(ctx.actor, 'services:write');
  await cancel(ctx, wanted);
}

/** As `requestCancellation`, by the customer whose service it is; a foreign one is not found. */
export const requestOwnCancellation = (ctx: Context, wanted: WantedCancellation & { customerId: string }) =>
  cancel(ctx, wanted);

function cancel(ctx: Context, wanted: WantedCancellation & { customerId?: string }): Promise<void> {
  return ctx.transaction(async (tx) => {
    const service = await lockOwn(tx, wanted);
    const open = await openCancellation(tx.db, service.id);
    if (open?.timing === wanted.timing) return;
    refuseUnless(service, 'terminate');
    if (wanted.timing === 'end_of_term') {
      if (open) throw new Conflict('cancellation_under_way', { serviceId: service.id });
      await refuseWithoutTerm(tx, service);
    } else confirm(service.domain, wanted.confirmDomain);
    const requestId = open ? await hasten(tx, open.id) : await store(tx, wanted);
    if (wanted.timing === 'at_once') {
      const idempotencyKey = `terminate:${service.id}:cancelled:${requestId}`;
      await planAct(tx, { serviceId: service.id, action: 'terminate', idempotencyKey });
    }
    const endsOn = wanted.timing === 'end_of_term' ? service.nextDueOn : null;
    const payload = { serviceId: service.id, customerId: service.customerId, requestId, endsOn };
    const after = { timing: wanted.timing, reason: wanted.reason };
    await record(tx, 'service.cancellation_requested', { kind: 'service', id: service.id }, payload, { after });
  });
}

async function lockOwn(tx: TransactionContext, { serviceId, customerId }: { serviceId: string; customerId?: string }) {
  let query = tx.db
    .selectFrom('service')
    .select(['id', 'state', 'domain', 'customerId', 'nextDueOn'])
    .where('id', '=', serviceId)
    .forUpdate();
  if (customerId !== undefined) query = query.where('customerId', '=', customerId);
  const service = await query.executeTakeFirst();
  if (!service) throw new NotFound('service_not_found', { serviceId });
  return service;
}

function confirm(domain: string, typed: string | undefined): void {
  if (typed?.trim().toLowerCase() === domain) return;
  throw new Invalid('domain_not_confirmed', { issues: [{ path: 'confirmDomain', message: `must be ${domain}` }] });
}

/** Whoever owes for the period under way pays, or gives up at once: else it would go on for nothing. */
async function refuseWithoutTerm(tx: TransactionContext, service: { id: string; nextDueOn: string | null }) {
  if (service.nextDueOn === null) throw new Conflict('no_term', { serviceId: service.id });
  const { timeZone } = await readShopSettings(tx.db);
  if (service.nextDueOn <= today(tx.clock, timeZone)) throw new Conflict('term_over', { serviceId: service.id });
}

async function store(tx: TransactionContext, { serviceId, timing, reason }: WantedCancellation): Promise<string> {
  const { id } = await tx.db
    .insertInto('cancellationRequest')
    .values({
      id: uuidv7(),
      serviceId,
      timing,
      reason,
      state: 'open',
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What was to end later ends now. */
async function hasten(tx: TransactionContext, requestId: string): Promise<string> {
  await tx.db.updateTable('cancellationRequest').set({ timing: 'at_once' }).where('id', '=', requestId).execute();
  return requestId;
}
