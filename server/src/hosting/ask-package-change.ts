import { uuidv7 } from 'uuidv7';
import { issueInvoice } from '../billing/issue-invoice.ts';
import { lockInvoice } from '../billing/queries.ts';
import { payFromCredit } from '../billing/settle-invoice.ts';
import { addDays, startOfDay, today } from '../kit/calendar.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { unfinishedOperation } from '../operations/queries.ts';
import { readShopSettings } from '../staff/settings.ts';
import { abandonPackageChange } from './end-package-change.ts';
import { expirePackageChangeJob } from './expire-package-change.job.ts';
import { openPackageChange, type PackageChangeRow, packageChangeById } from './package-change-queries.ts';
import { planPackageChange } from './plan-package-change.ts';
import type { WantedPackage } from './price-package.ts';
import { serviceExists } from './queries.ts';
import { type PackageQuote, priceMove, quoteService, sameAnswers } from './quote-package-change.ts';
import { lockService, readSubject, type Subject } from './subject.ts';

export interface AskedPackage extends WantedPackage {
  serviceId: string;
  /** What the quote said is due, negative for credit: the move is refused when it is another amount by now. */
  dueMinor?: number | undefined;
  /** Pay the invoice from credit as far as it goes. */
  useCredit: boolean;
}

/**
 * Move a service to another package. When that costs more, an invoice asks for the difference and the panel hears of it
 * once that is paid; otherwise at once, and the credit is given when the panel has confirmed. The due date stays. An
 * unpaid change asked for before is abandoned and its invoice voided; asking for the same again returns the first.
 *
 * @param input.charge false waives the difference in both directions, which is audited; the move is then made at once,
 *   also for a service without periods
 * @throws as `quotePackageChange`
 * @throws Conflict `quote_changed` with the new amount, `package_change_open` while another change is paid and under way,
 *   `payment_in_progress` while the other change's invoice is being paid, `operation_unfinished`
 */
export async function askPackageChange(
  ctx: Context,
  input: AskedPackage & { charge: boolean },
): Promise<PackageChangeRow> {
  allow(ctx.actor, 'services:write');
  return ask(ctx, input);
}

/** As `askPackageChange`, for a service of this customer, and always charged. */
export async function askOwnPackageChange(
  ctx: Context,
  input: AskedPackage & { customerId: string },
): Promise<PackageChangeRow> {
  const { serviceId } = input;
  if (!(await serviceExists(ctx.db, input))) throw new NotFound('service_not_found', { serviceId });
  return ask(ctx, { ...input, charge: true });
}

function ask(ctx: Context, input: AskedPackage & { charge: boolean }): Promise<PackageChangeRow> {
  return ctx.transaction(async (tx) => {
    const earlier = await holdService(tx, input.serviceId);
    const subject = await readSubject(tx.db, input.serviceId);
    const quote = input.charge ? await quoteService(tx, subject, input) : null;
    const wanted = quote ?? (await waived(tx, subject, input));
    if (earlier && isSame(earlier, wanted, input.charge)) return earlier;
    if (earlier && earlier.state !== 'unpaid')
      throw new Conflict('package_change_open', { serviceId: subject.id, packageChangeId: earlier.id });
    if (quote && input.dueMinor !== undefined && BigInt(input.dueMinor) !== quote.dueMinor)
      throw new Conflict('quote_changed', { dueMinor: Number(quote.dueMinor), currency: quote.currency });
    const unfinished = await unfinishedOperation(tx.db, subject.id);
    if (unfinished)
      throw new Conflict('operation_unfinished', { operationId: unfinished.id, action: unfinished.action });
    if (earlier) await abandonPackageChange(tx, earlier, 'replaced');

    const id = uuidv7();
    const due = quote && quote.dueMinor > 0n ? quote : null;
    const invoiceId = due && (await askForMoney(tx, { id, subject, quote: due }));
    await insert(tx, { id, subject, wanted, quote, invoiceId });
    if (due && invoiceId) await awaitMoney(tx, { id, quote: due, invoiceId, useCredit: input.useCredit });
    else await planPackageChange(tx, subject.id);
    return (await packageChangeById(tx.db, id)) as PackageChangeRow; // inserted above
  });
}

/** Hold the invoice of an unpaid change, then the service: the order in which whoever pays that invoice does. */
async function holdService(tx: TransactionContext, serviceId: string): Promise<PackageChangeRow | undefined> {
  const seen = await openPackageChange(tx.db, serviceId);
  if (seen?.invoiceId) await lockInvoice(tx.db, seen.invoiceId);
  if (!(await lockService(tx.db, serviceId))) throw new NotFound('service_not_found', { serviceId });
  const open = await openPackageChange(tx.db, serviceId);
  if (open && open.id !== seen?.id) throw new Conflict('package_change_open', { serviceId, packageChangeId: open.id });
  return open;
}

type Wanted = Pick<PackageQuote, 'productId' | 'productName' | 'optionValues' | 'newRecurringMinor' | 'dueMinor'>;

/** The move without its money; without periods there is nothing else to say about it. */
async function waived(tx: TransactionContext, subject: Subject, wanted: WantedPackage): Promise<Wanted> {
  const { recurringMinor, ...priced } = await priceMove(tx, subject, wanted);
  return { ...priced, newRecurringMinor: recurringMinor, dueMinor: 0n };
}

const isSame = (open: PackageChangeRow, wanted: Wanted, charged: boolean) =>
  open.charged === charged &&
  open.toProductId === wanted.productId &&
  open.dueMinor === wanted.dueMinor &&
  open.newRecurringMinor === wanted.newRecurringMinor &&
  sameAnswers(wanted.optionValues, open.optionValues);

async function askForMoney(
  tx: TransactionContext,
  { id, subject, quote }: { id: string; subject: Subject; quote: PackageQuote },
): Promise<string> {
  const { invoiceDueDays, timeZone } = await readShopSettings(tx.db);
  const dueOn = addDays(today(tx.clock, timeZone), invoiceDueDays);
  const invoice = await issueInvoice(tx, {
    customerId: subject.customerId,
    currency: quote.currency,
    // After the last day it was reckoned for, paying it would buy nothing.
    dueOn: dueOn < quote.left.to ? dueOn : quote.left.to,
    lines: [
      {
        kind: 'upgrade',
        cause: { kind: 'package_change', id },
        description: `From ${subject.productName} to ${quote.productName}: ${subject.domain}`,
        quantity: 1,
        unitMinor: quote.dueMinor,
        amountMinor: quote.dueMinor,
        period: { from: quote.left.from, to: quote.left.to },
      },
    ],
  });
  return invoice.id;
}

async function insert(
  tx: TransactionContext,
  change: { id: string; subject: Subject; wanted: Wanted; quote: PackageQuote | null; invoiceId: string | null },
): Promise<void> {
  const { id, subject, wanted, quote, invoiceId } = change;
  await tx.db
    .insertInto('packageChange')
    .values({
      id,
      serviceId: subject.id,
      state: invoiceId === null ? 'ready' : 'unpaid',
      fromProductId: subject.productId,
      toProductId: wanted.productId,
      optionValues: JSON.stringify(wanted.optionValues),
      currency: subject.currency,
      oldRecurringMinor: subject.recurringMinor,
      newRecurringMinor: wanted.newRecurringMinor,
      charged: quote !== null,
      dueMinor: wanted.dueMinor,
      periodFrom: quote?.left.from ?? null,
      periodTo: quote?.left.to ?? null,
      invoiceId,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .execute();
  await audit(
    tx,
    'service.package_change_asked',
    { kind: 'service', id: subject.id },
    {
      before: { productId: subject.productId, recurringMinor: subject.recurringMinor.toString() },
      after: {
        productId: wanted.productId,
        recurringMinor: wanted.newRecurringMinor.toString(),
        charged: quote !== null,
        dueMinor: wanted.dueMinor.toString(),
      },
    },
  );
}

async function awaitMoney(
  tx: TransactionContext,
  { id, quote, invoiceId, useCredit }: { id: string; quote: PackageQuote; invoiceId: string; useCredit: boolean },
): Promise<void> {
  const { timeZone } = await readShopSettings(tx.db);
  const overAt = startOfDay(quote.nextDueOn, timeZone).getTime();
  const startAfterSeconds = Math.max(0, Math.ceil((overAt - tx.clock.now().getTime()) / 1000));
  await tx.app.jobs.enqueue(tx, expirePackageChangeJob, { packageChangeId: id }, { startAfterSeconds });
  if (useCredit) await payFromCredit(tx, { invoiceId });
}
