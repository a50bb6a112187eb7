/** The rung `collect`. */
import { withTrace } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { collectJob } from './collect.job.ts';
import { lockUnpaid } from './lock-unpaid.ts';
import { renewalsWithSavedMethod } from './queries.ts';
import type { Due, Look } from './rung.ts';

export async function renewalsToCollect(db: Db, look: Look): Promise<Due[]> {
  const invoices = await renewalsWithSavedMethod(db, look);
  return invoices.map(({ id: invoiceId, number, dueOn, correlationId }) => ({
    subjects: [{ kind: 'invoice', id: invoiceId }],
    dueOn,
    text: `Charge invoice ${number}, due on ${dueOn}, to the saved payment method`,
    async act(outer) {
      const tx = withTrace(outer, { correlationId });
      await lockUnpaid(tx, invoiceId);
      await tx.app.jobs.enqueue(tx, collectJob, { invoiceId });
    },
  }));
}
