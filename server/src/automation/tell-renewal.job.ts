import { z } from 'zod';
import { can } from '../hosting/lifecycle.ts';
import { renewService } from '../hosting/renew-service.ts';
import { lockService } from '../hosting/subject.ts';
import { defineJob } from '../kit/jobs.ts';
import { unfinishedOperation } from '../operations/queries.ts';
import { waitForOperation } from './wait-for-operation.ts';

/** A paid period, told to a panel that keeps an expiry date. Waits while another operation of the service is not over. */
export const tellRenewalJob = defineJob({
  name: 'automation.tell_renewal',
  input: z.object({ serviceId: z.uuid(), paidUntil: z.iso.date() }),
  attempts: 5,
  firstRetrySeconds: 30,
  timeoutSeconds: 30,
  async run({ serviceId, paidUntil }, { ctx }) {
    await ctx.transaction(async (tx) => {
      const service = await lockService(tx.db, serviceId);
      if (!service || !can(service, 'renew')) return;
      // The panel is told of the later day by that day's own job.
      if (service.nextDueOn !== null && service.nextDueOn > paidUntil) return;
      const idempotencyKey = `renew:${serviceId}:${paidUntil}`;
      const open = await unfinishedOperation(tx.db, serviceId);
      if (open?.idempotencyKey === idempotencyKey) return;
      if (open) throw waitForOperation(open);
      await renewService(tx, { serviceId, paidUntil, idempotencyKey });
    });
  },
});
