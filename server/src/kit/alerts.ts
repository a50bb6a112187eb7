/** Alerts: what waits for a person. There is at most one open alert per kind and subject. */
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from './context.ts';
import { record } from './events.ts';

interface Subject {
  kind: string;
  id: string;
}

export interface NewAlert {
  /** Stable and snake_case, for example `provisioning_failed`. */
  kind: string;
  subject: Subject;
  /** What happened, in a sentence for staff; never secrets. */
  message: string;
  /** What staff should do about it, in a sentence. */
  whatToDo: string;
}

/**
 * Tell staff. While such an alert is open, a second call only brings its words up to date and tells nobody again.
 */
export async function raiseAlert(tx: TransactionContext, alert: NewAlert): Promise<void> {
  const words = { message: alert.message, whatToDo: alert.whatToDo };
  const raised = await tx.db
    .insertInto('alert')
    .values({
      id: uuidv7(),
      kind: alert.kind,
      subjectKind: alert.subject.kind,
      subjectId: alert.subject.id,
      ...words,
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subjectKind', 'subjectId']).where('resolvedAt', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (raised) {
    await record(tx, 'alert.raised', alert.subject, { alertId: raised.id }, { after: { kind: alert.kind, ...words } });
    return;
  }
  await tx.db
    .updateTable('alert')
    .set(words)
    .where('kind', '=', alert.kind)
    .where('subjectKind', '=', alert.subject.kind)
    .where('subjectId', '=', alert.subject.id)
    .where('resolvedAt', 'is', null)
    .execute();
}

/** Close the open alerts of a subject because their reason is gone: of one kind, or of all. None open is fine. */
export async function closeAlerts(tx: TransactionContext, which: { kind?: string; subject: Subject }): Promise<void> {
  let closing = tx.db
    .updateTable('alert')
    .set({ resolvedAt: tx.clock.now(), resolvedBy: JSON.stringify(tx.actor) })
    .where('subjectKind', '=', which.subject.kind)
    .where('subjectId', '=', which.subject.id)
    .where('resolvedAt', 'is', null);
  if (which.kind !== undefined) closing = closing.where('kind', '=', which.kind);
  await closing.execute();
}
