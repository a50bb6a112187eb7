/** The rung `collect`. */
import { payFromCredit } from '../billing/settle-invoice.ts';
import { withTrace } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import type { Db } from '../kit/db.ts';
import { collectJob } from './collect.job.ts';
import { lockUnpaid } from './lock-unpaid.ts';
import { renewalsWithMeans } from './queries.ts';
import type { Due, Look } from './rung.ts';

export async function renewalsToCollect(db: Db, look: Look): Promise<Due[]> {
  const invoices = await renewalsWithMeans(db, look);
  return invoices.map(({ id: invoiceId, dueOn, correlationId, ...means }) => ({
    subjects: [{ kind: 'invoice', id: invoiceId }],
    dueOn,
    text: `Due on ${shortDay(dueOn)}: pay from ${inWords(means)}`,
    async act(outer) {
      const tx = withTrace(outer, { correlationId });
      await lockUnpaid(tx, invoiceId);
      const { state } = await payFromCredit(tx, { invoiceId });
      if (state === 'unpaid' && means.hasMethod) await tx.app.jobs.enqueue(tx, collectJob, { invoiceId });
    },
  }));
}

function inWords(means: { owedMinor: bigint; creditMinor: bigint; hasMethod: boolean }): string {
  if (means.creditMinor <= 0n) return 'the saved payment method';
  if (means.creditMinor >= means.owedMinor || !means.hasMethod) return 'credit';
  return 'credit and the saved payment method';
}
