import { z } from 'zod';
import { type Context, withTrace } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { defineJob } from '../kit/jobs.ts';
import { grownAlerts, lockAlert } from './queries.ts';

/** For `jobs.schedule`: five fields, every five minutes. */
export const TELL_GROWN_ALERTS_CRON = '*/5 * * * *';

const TOLD_EVERY_MS = 3_600_000;

/** Open alerts that concern more than staff were told of: told again, each at most once an hour. */
export const tellGrownAlertsJob = defineJob({
  name: 'staff.tell_grown_alerts',
  input: z.object({}),
  attempts: 1,
  firstRetrySeconds: 60,
  timeoutSeconds: 120,
  run: (_input, { ctx }) => tellGrownAlerts(ctx),
});

export async function tellGrownAlerts(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - TOLD_EVERY_MS);
  for (const { id } of await grownAlerts(ctx.db, before)) await tell(ctx, id, before);
}

async function tell(ctx: Context, alertId: string, before: Date): Promise<void> {
  await ctx.transaction(async (tx) => {
    const alert = await lockAlert(tx.db, alertId);
    // Another process was first, or somebody has closed it.
    if (!alert || alert.resolvedAt !== null || alert.toldAt > before) return;
    await tx.db.updateTable('alert').set({ toldAt: tx.clock.now() }).where('id', '=', alertId).execute();
    await tx.db.updateTable('alertSubject').set({ told: true }).where('alertId', '=', alertId).execute();
    const subject = { kind: alert.subjectKind, id: alert.subjectId };
    await record(withTrace(tx, { correlationId: alert.correlationId }), 'alert.grew', subject, { alertId });
  });
}
