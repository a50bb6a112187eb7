/** The other half of the rung `renewal_invoice`: a period that begins while its service is spared the invoice is free. */
import { addDays, type RecurringCycle } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import type { Db } from '../kit/db.ts';
import { Conflict } from '../kit/errors.ts';
import { lockServicesToRenew, servicesToGive } from './queries.ts';
import { renewUntil } from './renew-until.ts';
import { renewalPeriod } from './renewal-period.ts';
import type { Due, Look } from './rung.ts';

export async function periodsToGive(db: Db, look: Look): Promise<Due[]> {
  const services = await servicesToGive(db, look);
  return services.map(({ id, nextDueOn: dueOn }) => ({
    subjects: [{ kind: 'service', id }],
    dueOn,
    text: `Give the period from ${shortDay(dueOn)} without an invoice, since it is spared that`,
    act: (tx) => give(tx, { serviceId: id, dueOn }),
  }));
}

async function give(tx: TransactionContext, { serviceId, dueOn }: { serviceId: string; dueOn: string }): Promise<void> {
  const [service] = await lockServicesToRenew(tx.db, [serviceId], dueOn);
  if (!service) throw new Conflict('service_changed', { serviceId });
  const cycle = service.cycle as RecurringCycle; // the query takes no other
  const { to } = renewalPeriod({ anchor: service.billingAnchorOn ?? dueOn, from: dueOn, cycle });
  await renewUntil(tx, { ...service, nextDueOn: dueOn }, addDays(to, 1));
}
