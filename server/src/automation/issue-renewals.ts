/** The rung `renewal_invoice`. */
import { uuidv7 } from 'uuidv7';
import { issueInvoice } from '../billing/issue-invoice.ts';
import { payFromCredit } from '../billing/settle-invoice.ts';
import { type RecurringCycle, today } from '../kit/calendar.ts';
import { type TransactionContext, withTrace } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import type { Db } from '../kit/db.ts';
import { Conflict } from '../kit/errors.ts';
import { readShopSettings } from '../staff/settings.ts';
import { periodsToGive } from './give-period.ts';
import { lockServicesToRenew, servicesToRenew } from './queries.ts';
import { renewalLine } from './renewal-line.ts';
import { renewalPeriod } from './renewal-period.ts';
import type { Due, Look } from './rung.ts';

interface Renewal {
  customerId: string;
  currency: string;
  dueOn: string;
}

/** What is invoiced, and what is given instead. */
export const renewals = async (db: Db, look: Look): Promise<Due[]> => [
  ...(await periodsToGive(db, look)),
  ...(await renewalsToInvoice(db, look)),
];

/** One invoice for what a customer has in one currency that is due on one day. */
async function renewalsToInvoice(db: Db, look: Look): Promise<Due[]> {
  const services = await servicesToRenew(db, look);
  const groups = Map.groupBy(services, ({ customerId, currency, nextDueOn }) =>
    [customerId, currency, nextDueOn].join(),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const renewal = { customerId: first.customerId, currency: first.currency, dueOn: first.nextDueOn };
    return {
      subjects: group.map(({ id }) => ({ kind: 'service' as const, id })),
      dueOn: renewal.dueOn,
      text: `Invoice the period from ${shortDay(renewal.dueOn)}`,
      act: (tx, fresh) => issueRenewal(tx, renewal, fresh),
    };
  });
}

async function issueRenewal(outer: TransactionContext, renewal: Renewal, serviceIds: string[]): Promise<void> {
  const tx = withTrace(outer, { correlationId: uuidv7() });
  const services = await lockServicesToRenew(tx.db, serviceIds, renewal.dueOn);
  if (services.length < serviceIds.length) throw new Conflict('service_changed', { serviceIds });
  const { timeZone } = await readShopSettings(tx.db);
  const now = today(tx.clock, timeZone);
  const invoice = await issueInvoice(tx, {
    customerId: renewal.customerId,
    currency: renewal.currency,
    // Invoiced late, because nights were missed: nobody is overdue with an invoice they have not seen.
    dueOn: renewal.dueOn < now ? now : renewal.dueOn,
    lines: services.map((service) => {
      const cycle = service.cycle as RecurringCycle; // the query takes no other
      const anchor = service.billingAnchorOn ?? renewal.dueOn;
      return renewalLine(service, renewalPeriod({ anchor, from: renewal.dueOn, cycle }));
    }),
  });
  await payFromCredit(tx, { invoiceId: invoice.id });
}
