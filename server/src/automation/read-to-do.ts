/** What waits for a customer, and what will happen without them, as their first page shows it. */
import { owed } from '../billing/settle-invoice.ts';
import { addDays, today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { customerRightsOf } from '../kit/permissions.ts';
import { savedMethods } from '../payments/method-queries.ts';
import { readShopSettings } from '../staff/settings.ts';
import { nextCharge } from './next-charge.ts';
import { runningServices, unpaidInvoices } from './to-do-queries.ts';

/** So many of each are named. */
const SHOWN = 10;
/** From so long before its last month on, a card is said to end. */
const CARD_NOTICE_DAYS = 60;

type Service = Awaited<ReturnType<typeof runningServices>>[number];

/**
 * Money only for those with the right to it, and nothing of saved cards for staff who act as the customer.
 */
export async function readToDo(ctx: Context, { customerId }: { customerId: string }) {
  const { timeZone } = await readShopSettings(ctx.db);
  const now = today(ctx.clock, timeZone);
  const mayPay = customerRightsOf(ctx.actor).includes('billing');
  const maySeeCards = mayPay && !(ctx.actor.kind === 'customer' && ctx.actor.impersonatedBy !== undefined);
  const services = await runningServices(ctx.db, customerId);
  const invoices = mayPay ? await unpaidInvoices(ctx.db, customerId) : [];
  const suspended = services.filter(({ state }) => state === 'suspended');
  const ending = services.filter(({ timing }) => timing === 'end_of_term');
  return {
    suspended: suspended.slice(0, SHOWN).map(({ id, domain, suspendCause }) => ({ id, domain, suspendCause })),
    unpaid: await Promise.all(
      invoices.slice(0, SHOWN).map(async ({ id, number, currency, dueOn, orderId, ...invoice }) => ({
        id,
        number,
        currency,
        dueOn,
        orderId,
        dueMinor: owed(invoice),
        overdue: dueOn < now,
        charge: maySeeCards ? await nextCharge(ctx, id) : null,
      })),
    ),
    unpaidTotal: invoices.length,
    card: maySeeCards ? endingCard(await savedMethods(ctx.db, customerId), services, now) : null,
    ending: ending.slice(0, SHOWN).map(({ id, domain, nextDueOn }) => ({ id, domain, endsOn: nextDueOn })),
  };
}

/** The card that is charged first, when it is or soon will be over and the next renewal comes after it. */
function endingCard(
  [card]: { id: string; label: string; expiresIn: string | null; isDefault: boolean }[],
  services: Service[],
  now: string,
) {
  const renewsOn = services.find(({ nextDueOn, timing }) => nextDueOn !== null && timing === null)?.nextDueOn;
  if (!card?.isDefault || card.expiresIn === null || !renewsOn) return null;
  const over = card.expiresIn < monthOf(now);
  const soon = card.expiresIn <= monthOf(addDays(now, CARD_NOTICE_DAYS));
  if (!over && !(soon && card.expiresIn < monthOf(renewsOn))) return null;
  return { label: card.label, expiresIn: card.expiresIn, over, renewsOn };
}

const monthOf = (day: string) => day.slice(0, 7);
