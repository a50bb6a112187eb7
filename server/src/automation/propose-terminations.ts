/** The rung `propose_termination`. */
import { uuidv7 } from 'uuidv7';
import { raiseAlert } from '../kit/alerts.ts';
import { daysBetween } from '../kit/calendar.ts';
import { type TransactionContext, withTrace } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import type { Db } from '../kit/db.ts';
import { Conflict } from '../kit/errors.ts';
import { lockToChase } from './lock-unpaid.ts';
import { overdueServices } from './queries.ts';
import type { Due, Look } from './rung.ts';

/** The alert that asks for the decision; its subject is the service. */
export const PROPOSED_ALERT = 'termination_proposed';

export async function terminationsToPropose(db: Db, look: Look): Promise<Due[]> {
  const services = await overdueServices(db, { rung: 'propose_termination', state: 'suspended', look });
  return services.map((service) => ({
    subjects: [{ kind: 'service', id: service.id }],
    dueOn: service.dueOn,
    text: `Invoice ${service.invoiceNumber} was due on ${shortDay(service.dueOn)}`,
    act: (tx) => propose(tx, service, look),
  }));
}

async function propose(
  outer: TransactionContext,
  service: { id: string; domain: string; invoiceId: string; invoiceNumber: string; dueOn: string },
  look: Look,
): Promise<void> {
  const { correlationId } = await lockToChase(outer, service.invoiceId, look);
  const tx = withTrace(outer, { correlationId });
  const { state } = await tx.db
    .selectFrom('service')
    .select('state')
    .where('id', '=', service.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (state !== 'suspended') throw new Conflict(`service_${state}`, { serviceId: service.id });
  await tx.db
    .insertInto('terminationProposal')
    .values({
      id: uuidv7(),
      serviceId: service.id,
      invoiceId: service.invoiceId,
      state: 'proposed',
      createdAt: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.column('serviceId').where('state', '=', 'proposed').doNothing())
    .execute();
  await raiseAlert(tx, {
    kind: PROPOSED_ALERT,
    subject: { kind: 'service', id: service.id },
    cause: 'decision',
    message: `${service.domain} is suspended, and invoice ${service.invoiceNumber} has been overdue for ${daysBetween(service.dueOn, look.today)} days.`,
    whatToDo:
      'Approve its termination, which removes the account and everything in it, or decline it. Until then it stays.',
  });
}
