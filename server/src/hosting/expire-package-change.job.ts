import { z } from 'zod';
import { hasOpenPayment, lockInvoice } from '../billing/queries.ts';
import { defineJob } from '../kit/jobs.ts';
import { abandonPackageChange, isOver } from './end-package-change.ts';
import { packageChangeById } from './package-change-queries.ts';
import { lockService } from './subject.ts';

/** The period a change was reckoned for has ended: nobody paid for it, so it is given up and its invoice voided. */
export const expirePackageChangeJob = defineJob({
  name: 'service.expire_package_change',
  input: z.object({ packageChangeId: z.uuid() }),
  attempts: 10,
  firstRetrySeconds: 60,
  timeoutSeconds: 60,
  async run({ packageChangeId }, { ctx }) {
    await ctx.transaction(async (tx) => {
      const seen = await packageChangeById(tx.db, packageChangeId);
      if (seen?.state !== 'unpaid' || seen.invoiceId === null) return;
      await lockInvoice(tx.db, seen.invoiceId);
      await lockService(tx.db, seen.serviceId);
      const change = await packageChangeById(tx.db, packageChangeId);
      if (change?.state !== 'unpaid' || !(await isOver(tx, change))) return;
      // A charge whose end is unknown decides: money that comes after the period becomes credit.
      if (await hasOpenPayment(tx.db, seen.invoiceId)) return;
      await abandonPackageChange(tx, change, 'period_over');
    });
  },
});
