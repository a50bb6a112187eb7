/** The rung `end_of_term`. */
import { lockService } from '../hosting/subject.ts';
import { terminateService } from '../hosting/terminate-service.ts';
import { withTrace } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import type { Db } from '../kit/db.ts';
import { Conflict } from '../kit/errors.ts';
import { isCancellationOpen, servicesAtEndOfTerm } from './queries.ts';
import type { Due, Look } from './rung.ts';

export async function endedTerms(db: Db, look: Look): Promise<Due[]> {
  const services = await servicesAtEndOfTerm(db, look);
  return services.map(({ id: serviceId, domain, nextDueOn, requestId, correlationId }) => ({
    subjects: [{ kind: 'service', id: serviceId }],
    dueOn: nextDueOn,
    text: `Cancelled for the end of its term on ${shortDay(nextDueOn)}`,
    async act(outer) {
      const tx = withTrace(outer, { correlationId });
      await lockService(tx.db, serviceId); // whoever withdraws the request holds it
      if (!(await isCancellationOpen(tx.db, requestId))) throw new Conflict('cancellation_withdrawn', { serviceId });
      await terminateService(tx, {
        serviceId,
        confirmDomain: domain,
        idempotencyKey: `terminate:${serviceId}:cancelled:${requestId}`,
      });
    },
  }));
}
