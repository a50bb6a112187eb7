/** A service that is given up: the request for it, and its end. */
import type { Selectable } from 'kysely';
import { closeAlerts, raiseAlert } from '../kit/alerts.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { CancellationRequest } from '../kit/database.generated.ts';
import type { Db } from '../kit/db.ts';

export type CancellationTiming = 'at_once' | 'end_of_term';

export interface CancellationRow extends Selectable<CancellationRequest> {
  timing: CancellationTiming;
}

/** The request that is neither withdrawn nor done. */
export async function openCancellation(db: Db, serviceId: string): Promise<CancellationRow | undefined> {
  const row = await db
    .selectFrom('cancellationRequest')
    .selectAll()
    .where('serviceId', '=', serviceId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return row as CancellationRow | undefined;
}

const UNSERVED_ALERT = 'cancellation_unserved';

/**
 * Staff gave up removing the account of a service whose owner gave it up: the request stays open, and staff are told,
 * because until they decide the service is neither invoiced nor removed.
 */
export async function tellUnserved(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  if (!(await openCancellation(tx.db, serviceId))) return;
  const { domain } = await tx.db
    .selectFrom('service')
    .select('domain')
    .where('id', '=', serviceId)
    .executeTakeFirstOrThrow();
  await raiseAlert(tx, {
    kind: UNSERVED_ALERT,
    subject: { kind: 'service', id: serviceId },
    message: `${domain} was cancelled by its owner, and removing its account was given up by staff.`,
    whatToDo: 'Terminate the service, or keep it after all. Until then it is neither invoiced nor removed.',
  });
}

/** The request was served or withdrawn: nobody has to decide any more. */
export const closeUnserved = (tx: TransactionContext, serviceId: string): Promise<void> =>
  closeAlerts(tx, { kind: UNSERVED_ALERT, subject: { kind: 'service', id: serviceId } });

/** Consequence of `service.terminated`: what was asked for is done. */
export async function closeCancellation(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  await closeUnserved(tx, serviceId);
  await tx.db
    .updateTable('cancellationRequest')
    .set({ state: 'done', closedAt: tx.clock.now() })
    .where('serviceId', '=', serviceId)
    .where('state', '=', 'open')
    .execute();
}
