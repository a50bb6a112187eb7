/** The rung `remind`. */
import { addDays } from '../kit/calendar.ts';
import { type TransactionContext, withTrace } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import type { Db } from '../kit/db.ts';
import { record } from '../kit/events.ts';
import { lockToChase } from './lock-unpaid.ts';
import { invoicesForReminder, isExempt } from './queries.ts';
import type { Due, Look } from './rung.ts';

export async function invoicesToRemind(db: Db, look: Look): Promise<Due[]> {
  const invoices = await invoicesForReminder(db, look);
  return invoices.map((invoice) => ({
    subjects: [{ kind: 'invoice', id: invoice.id }],
    dueOn: invoice.dueOn,
    text: `Due on ${shortDay(invoice.dueOn)} and not paid`,
    act: (tx) => remind(withTrace(tx, { correlationId: invoice.correlationId }), invoice, look),
  }));
}

async function remind(tx: TransactionContext, { id, dueOn }: { id: string; dueOn: string }, look: Look): Promise<void> {
  const invoice = await lockToChase(tx, id, look);
  const suspendsOn = addDays(dueOn, look.settings.suspendAfterDays);
  const payload = { invoiceId: id, customerId: invoice.customerId, step: look.step };
  const warning = suspendsOn > look.today && (await willSuspend(tx.db, id, suspendsOn)) ? suspendsOn : null;
  await record(tx, 'invoice.reminded', { kind: 'invoice', id }, { ...payload, suspendsOn: warning });
}

/** Whether one of its services is online and not spared the suspension on that day. */
async function willSuspend(db: Db, invoiceId: string, day: string): Promise<boolean> {
  const live = await db
    .selectFrom('invoiceLine')
    .innerJoin('service', 'service.id', 'invoiceLine.causeId')
    .select('service.id')
    .where('invoiceLine.invoiceId', '=', invoiceId)
    .where('invoiceLine.causeKind', '=', 'service')
    .where('service.state', '=', 'active')
    .where((on) => on.not(isExempt('suspend', day)))
    .executeTakeFirst();
  return live !== undefined;
}
