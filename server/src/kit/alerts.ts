/**
 * Alerts: what waits for a person. There is at most one open alert for a cause, however much it concerns: staff are told
 * of the first thing at once, and of those that join it at most once an hour (`staff/tell-grown-alerts.job.ts`).
 */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from './context.ts';
import type { Db } from './db.ts';
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
  /** Shared by whatever one repair mends, for example a server's id. The subject alone when not given. */
  cause?: string;
}

/**
 * Tell staff. While an alert of this kind and cause is open, the subject joins it and nobody is told now; a subject that
 * is in it already only brings its words up to date.
 */
export async function raiseAlert(tx: TransactionContext, alert: NewAlert): Promise<void> {
  const { kind, subject } = alert;
  const now = tx.clock.now();
  const id = uuidv7();
  const words = { message: alert.message, whatToDo: alert.whatToDo };
  const latest = { subjectKind: subject.kind, subjectId: subject.id, ...words };
  const cause = causeText(kind, alert.cause ?? `${subject.kind}:${subject.id}`);
  const open = await tx.db
    .insertInto('alert')
    .values({ id, kind, cause, ...latest, correlationId: tx.correlationId, createdAt: now, toldAt: now })
    .onConflict((conflict) => conflict.column('cause').where('resolvedAt', 'is', null).doUpdateSet(latest))
    .returning('id')
    .executeTakeFirstOrThrow();
  const isNew = open.id === id;
  await tx.db
    .insertInto('alertSubject')
    .values({ alertId: open.id, ...latest, createdAt: now, told: isNew })
    .onConflict((conflict) =>
      conflict.columns(['alertId', 'subjectKind', 'subjectId']).doUpdateSet({
        ...words,
        // Over once and here again: that is news.
        told: sql`alert_subject.told and alert_subject.resolved_at is null`,
        createdAt: sql`case when alert_subject.resolved_at is null then alert_subject.created_at else excluded.created_at end`,
        resolvedAt: null,
      }),
    )
    .execute();
  if (isNew) await record(tx, 'alert.raised', subject, { alertId: id }, { after: { kind, ...words } });
}

/**
 * The reason of a subject's open alerts is gone: of one kind, of that kind for one cause, or of all. An alert that concerns more stays open for the
 * rest. None open is fine.
 */
export async function closeAlerts(
  tx: TransactionContext,
  which: { subject: Subject } & ({ kind?: string } | { kind: string; cause: string }),
): Promise<void> {
  let open = tx.db
    .selectFrom('alertSubject')
    .innerJoin('alert', 'alert.id', 'alertSubject.alertId')
    .select('alert.id')
    .where('alertSubject.subjectKind', '=', which.subject.kind)
    .where('alertSubject.subjectId', '=', which.subject.id)
    .where('alertSubject.resolvedAt', 'is', null)
    .where('alert.resolvedAt', 'is', null)
    .orderBy('alert.id')
    .forUpdate('alert');
  if ('cause' in which) open = open.where('alert.cause', '=', causeText(which.kind, which.cause));
  else if (which.kind !== undefined) open = open.where('alert.kind', '=', which.kind);
  const ids = (await open.execute()).map(({ id }) => id);
  if (ids.length === 0) return;
  const now = tx.clock.now();
  await tx.db
    .updateTable('alertSubject')
    .set({ resolvedAt: now })
    .where('alertId', 'in', ids)
    .where('subjectKind', '=', which.subject.kind)
    .where('subjectId', '=', which.subject.id)
    .execute();
  await tx.db
    .updateTable('alert')
    .set({ resolvedAt: now, resolvedBy: JSON.stringify(tx.actor) })
    .where('id', 'in', ids)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('alertSubject')
            .select('alertId')
            .whereRef('alertSubject.alertId', '=', 'alert.id')
            .where('alertSubject.resolvedAt', 'is', null),
        ),
      ),
    )
    .execute();
  await sayWhatIsLeft(tx, ids);
}

/** The alert's own words are those of the newest thing it still concerns. */
async function sayWhatIsLeft(tx: TransactionContext, ids: string[]): Promise<void> {
  await sql`
    update alert set subject_kind = left_over.subject_kind, subject_id = left_over.subject_id,
      message = left_over.message, what_to_do = left_over.what_to_do
    from (select distinct on (alert_id) * from alert_subject
      where alert_id = any(${ids}::uuid[]) and resolved_at is null order by alert_id, created_at desc) left_over
    where alert.id = left_over.alert_id and alert.resolved_at is null`.execute(tx.db);
}

/** What the open alert of a cause still concerns. */
export async function openSubjects(db: Db, { kind, cause }: { kind: string; cause: string }): Promise<Subject[]> {
  return db
    .selectFrom('alertSubject')
    .innerJoin('alert', 'alert.id', 'alertSubject.alertId')
    .select(['alertSubject.subjectKind as kind', 'alertSubject.subjectId as id'])
    .where('alert.cause', '=', causeText(kind, cause))
    .where('alert.resolvedAt', 'is', null)
    .where('alertSubject.resolvedAt', 'is', null)
    .execute();
}

/** A cause was mended: its open alert is over, with all it concerns. None open is fine. */
export async function closeCause(tx: TransactionContext, { kind, cause }: { kind: string; cause: string }) {
  const open = await tx.db
    .selectFrom('alert')
    .select('id')
    .where('cause', '=', causeText(kind, cause))
    .where('resolvedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (open) await closeAlert(tx, open.id);
}

/** Close an alert that the caller holds, with all it concerns. */
export async function closeAlert(tx: TransactionContext, alertId: string): Promise<void> {
  const resolvedAt = tx.clock.now();
  await tx.db
    .updateTable('alertSubject')
    .set({ resolvedAt })
    .where('alertId', '=', alertId)
    .where('resolvedAt', 'is', null)
    .execute();
  await tx.db
    .updateTable('alert')
    .set({ resolvedAt, resolvedBy: JSON.stringify(tx.actor) })
    .where('id', '=', alertId)
    .execute();
}

const causeText = (kind: string, cause: string) => `${kind}:${cause}`;
