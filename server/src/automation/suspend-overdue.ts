/** The rung `suspend`. */
import { suspendService } from '../hosting/suspend-service.ts';
import { withTrace } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import type { Db } from '../kit/db.ts';
import { lockToChase } from './lock-unpaid.ts';
import { overdueServices } from './queries.ts';
import type { Due, Look } from './rung.ts';

export async function servicesToSuspend(db: Db, look: Look): Promise<Due[]> {
  const services = await overdueServices(db, { rung: 'suspend', state: 'active', look });
  return services.map(({ id: serviceId, invoiceId, invoiceNumber, dueOn }) => ({
    subjects: [{ kind: 'service', id: serviceId }],
    dueOn,
    text: `Invoice ${invoiceNumber} was due on ${shortDay(dueOn)}`,
    async act(outer) {
      const { correlationId } = await lockToChase(outer, invoiceId, look);
      await suspendService(withTrace(outer, { correlationId }), {
        serviceId,
        cause: 'overdue',
        reason: `Invoice ${invoiceNumber} was due on ${shortDay(dueOn)}.`,
        idempotencyKey: `suspend:${serviceId}:overdue:${invoiceId}:${dueOn}`,
      });
    },
  }));
}
