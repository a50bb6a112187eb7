/** The rung `suspend`. */
import { suspendService } from '../hosting/suspend-service.ts';
import { withTrace } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { lockToChase } from './lock-unpaid.ts';
import { overdueServices } from './queries.ts';
import type { Due, Look } from './rung.ts';

export async function servicesToSuspend(db: Db, look: Look): Promise<Due[]> {
  const services = await overdueServices(db, { rung: 'suspend', state: 'active', look });
  return services.map(({ id: serviceId, domain, invoiceId, invoiceNumber, dueOn }) => ({
    subjects: [{ kind: 'service', id: serviceId }],
    dueOn,
    text: `Suspend ${domain}: invoice ${invoiceNumber} was due on ${dueOn}`,
    async act(outer) {
      const { correlationId } = await lockToChase(outer, invoiceId, look);
      await suspendService(withTrace(outer, { correlationId }), {
        serviceId,
        cause: 'overdue',
        reason: `Invoice ${invoiceNumber} was due on ${dueOn}.`,
        idempotencyKey: `suspend:${serviceId}:overdue:${invoiceId}:${dueOn}`,
      });
    },
  }));
}
