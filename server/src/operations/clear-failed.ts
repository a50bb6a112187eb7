import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';

/** Take what ended as failed off the list of failed tasks. The operations stay, and those that need staff stay listed. */
export async function clearFailed(ctx: Context): Promise<{ cleared: number }> {
  allow(ctx.actor, 'operations:write');
  return ctx.transaction(async (tx) => {
    const hidden = await tx.db
      .updateTable('operation')
      .set({ hiddenAt: tx.clock.now() })
      .where('state', '=', 'failed')
      .where('hiddenAt', 'is', null)
      .executeTakeFirstOrThrow();
    const cleared = Number(hidden.numUpdatedRows);
    if (cleared > 0)
      await audit(tx, 'operations.failed_cleared', { kind: 'operation', id: null }, { after: { cleared } });
    return { cleared };
  });
}
