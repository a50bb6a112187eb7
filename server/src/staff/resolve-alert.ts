import { closeAlert } from '../kit/alerts.ts';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { type AlertRow, lockAlert } from './queries.ts';

/**
 * Close an alert that somebody has dealt with. Asking twice is fine. The same trouble raises a new one.
 *
 * @throws NotFound `alert_not_found`
 */
export async function resolveAlert(ctx: Context, input: { alertId: string }): Promise<AlertRow> {
  allow(ctx.actor, 'operations:write');
  return ctx.transaction(async (tx) => {
    const alert = await lockAlert(tx.db, input.alertId);
    if (!alert) throw new NotFound('alert_not_found');
    if (alert.resolvedAt) return alert;
    await closeAlert(tx, alert.id);
    await audit(
      tx,
      'alert.resolved',
      { kind: alert.subjectKind, id: alert.subjectId },
      { before: { kind: alert.kind } },
    );
    return { ...alert, resolvedAt: tx.clock.now() };
  });
}
