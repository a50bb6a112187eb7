import type { StaffRole } from '../kit/actor.ts';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { findStaff, type StaffRow } from './queries.ts';

/** Make a login a member of staff; what setting up and adding have in common. */
export async function insertStaff(
  tx: TransactionContext,
  { userId, role }: { userId: string; role: StaffRole },
): Promise<StaffRow> {
  await tx.db.insertInto('staffMember').values({ userId, role, createdAt: tx.clock.now() }).execute();
  await record(tx, 'staff.added', { kind: 'staff', id: userId }, { userId }, { after: { role } });
  return (await findStaff(tx.db, userId)) as StaffRow;
}
