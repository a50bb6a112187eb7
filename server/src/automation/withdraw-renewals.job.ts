import { z } from 'zod';
import { defineJob } from '../kit/jobs.ts';
import { waitForPayment } from './wait-for-payment.ts';
import { withdrawRenewals } from './withdraw-renewals.ts';

/** A job, because invoices are locked before services, and who ends a service holds it already. */
export const withdrawRenewalsJob = defineJob({
  name: 'automation.withdraw_renewals',
  input: z.object({ serviceId: z.uuid() }),
  attempts: 5,
  firstRetrySeconds: 30,
  timeoutSeconds: 60,
  run: ({ serviceId }, { ctx }) => waitForPayment(() => withdrawRenewals(ctx, { serviceId })),
});
