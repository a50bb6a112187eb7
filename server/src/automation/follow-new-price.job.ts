import { z } from 'zod';
import type { EventMap } from '../kit/events.ts';
import { defineJob } from '../kit/jobs.ts';
import { followNewPrice } from './follow-new-price.ts';
import { waitForPayment } from './wait-for-payment.ts';

/** A job, because invoices are locked before services, and who moves a service to another package holds it already. */
export const followNewPriceJob = defineJob<EventMap['service.package_changed']>({
  name: 'automation.follow_new_price',
  input: z.object({ serviceId: z.uuid(), customerId: z.uuid() }),
  attempts: 5,
  firstRetrySeconds: 30,
  timeoutSeconds: 60,
  run: ({ serviceId }, { ctx }) => waitForPayment(() => followNewPrice(ctx, { serviceId })),
});
