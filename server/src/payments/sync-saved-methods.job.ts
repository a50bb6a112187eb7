import { z } from 'zod';
import { defineJob } from '../kit/jobs.ts';
import { syncSavedMethods } from './sync-saved-methods.ts';

/** After a provider told that something changed, and after a payment on a page where a card may have been left. */
export const syncSavedMethodsJob = defineJob({
  name: 'payment_method.sync',
  input: z.object({ gatewayId: z.string(), customerId: z.uuid() }),
  attempts: 8,
  firstRetrySeconds: 15,
  timeoutSeconds: 60,
  run: (input, { ctx, signal }) => syncSavedMethods(ctx, { ...input, signal }),
});
