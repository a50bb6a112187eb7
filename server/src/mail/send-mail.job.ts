import { z } from 'zod';
import { closeAlerts, raiseAlert } from '../kit/alerts.ts';
import type { Context } from '../kit/context.ts';
import { defineJob } from '../kit/jobs.ts';
import { StepWaiting } from '../kit/steps.ts';
import { openBody } from './body.ts';
import { mailById } from './queries.ts';
import { isRefusal, reasonOf } from './refusal.ts';
import { transportOf } from './transport.ts';

const FAILED_ALERT = 'mail_failed';

/**
 * Hand one mail to the mail server.
 *
 * It is noted as sent in a transaction right after the server took it. A process that dies in between sends it once more,
 * under the same Message-ID: SMTP knows no better.
 */
export const sendMailJob = defineJob({
  name: 'mail.send',
  input: z.object({ mailId: z.uuid() }),
  attempts: 10,
  firstRetrySeconds: 60,
  timeoutSeconds: 120,
  concurrency: 3,
  async run({ mailId }, { ctx }) {
    const transport = transportOf(ctx.app);
    if (!transport) return; // It stays in the outbox; the sweep comes back for it once there is a mail server.
    const release = await ctx.app.locks.tryLock(`mail:${mailId}`);
    if (!release) throw new StepWaiting('This mail is being sent.', 30);
    try {
      const mail = await takeUp(ctx, mailId);
      if (!mail) return;
      const { sent } = openBody(ctx.app.keyring, mail.id, mail.sealedBody);
      try {
        await transport.sendMail({
          from: ctx.app.config.mailFrom,
          to: { name: '', address: mail.toAddress },
          subject: mail.subject,
          messageId: mail.messageId ?? undefined,
          date: mail.createdAt,
          html: sent.html,
          text: sent.text,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        await noteFailure(ctx, mailId, error);
        if (isRefusal(error)) return;
        throw error;
      }
      await noteSent(ctx, mailId);
    } finally {
      await release();
    }
  },
  async gaveUp({ mailId }, error, { ctx }) {
    await giveUp(ctx, mailId, { reason: reasonOf(error), cause: 'mail_server' });
  },
});

/** The mail, if it is still to be sent, with this try counted. */
function takeUp(ctx: Context, mailId: string) {
  return ctx.transaction(async (tx) => {
    const mail = await mailById(tx.db, mailId);
    if (mail?.state !== 'queued') return undefined;
    await tx.db
      .updateTable('mail')
      .set({ attempts: mail.attempts + 1 })
      .where('id', '=', mailId)
      .execute();
    return mail;
  });
}

/** Sent again by staff, it is no longer the mail that could not be sent. */
function noteSent(ctx: Context, mailId: string): Promise<void> {
  return ctx.transaction(async (tx) => {
    await tx.db
      .updateTable('mail')
      .set({ state: 'sent', sentAt: tx.clock.now(), error: null })
      .where('id', '=', mailId)
      .execute();
    await closeAlerts(tx, { kind: FAILED_ALERT, subject: { kind: 'mail', id: mailId } });
  });
}

async function noteFailure(ctx: Context, mailId: string, error: unknown): Promise<void> {
  const reason = reasonOf(error);
  if (isRefusal(error)) await giveUp(ctx, mailId, { reason });
  else await ctx.db.updateTable('mail').set({ error: reason }).where('id', '=', mailId).execute();
}

/** @param why.cause when it is no fault of this mail or its address */
function giveUp(ctx: Context, mailId: string, { reason, cause }: { reason: string; cause?: string }): Promise<void> {
  return ctx.transaction(async (tx) => {
    const failed = await tx.db
      .updateTable('mail')
      .set({ state: 'failed', error: reason })
      .where('id', '=', mailId)
      .where('state', '=', 'queued')
      .returning(['template', 'toAddress'])
      .executeTakeFirst();
    // An alert is told by mail. One about a mail that tells of an alert would go round in circles.
    if (!failed || failed.template === 'staff_alert') return;
    await raiseAlert(tx, {
      kind: FAILED_ALERT,
      subject: { kind: 'mail', id: mailId },
      ...(cause === undefined ? {} : { cause }),
      message: `The mail "${failed.template}" to ${failed.toAddress} could not be sent: ${reason}`,
      whatToDo: 'Check the address and the mail server, then send the mail again from its page.',
    });
  });
}
