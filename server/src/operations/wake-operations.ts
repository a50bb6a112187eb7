import type { WaitReason } from '../kit/acts.ts';
import type { TransactionContext } from '../kit/context.ts';

/** Let operations that wait for something that has just changed come at once. */
export async function wakeOperations(
  tx: TransactionContext,
  which: { serverId?: string; serverGroupId?: string; reasons: WaitReason[] },
): Promise<void> {
  let waking = tx.db
    .updateTable('operation')
    .set({ nextTryAt: tx.clock.now() })
    .where('state', '=', 'waiting')
    .where('waitReason', 'in', which.reasons);
  if (which.serverId) waking = waking.where('serverId', '=', which.serverId);
  if (which.serverGroupId) waking = waking.where('serverGroupId', '=', which.serverGroupId);
  await waking.execute();
}
