/** A service that is given up: the request for it, and its end. */
import type { Selectable } from 'kysely';
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

/** Consequence of `service.terminated`: what was asked for is done. */
export async function closeCancellation(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  await tx.db
    .updateTable('cancellationRequest')
    .set({ state: 'done', closedAt: tx.clock.now() })
    .where('serviceId', '=', serviceId)
    .where('state', '=', 'open')
    .execute();
}
