import { writeCredit } from '../billing/credit-ledger.ts';
import { issueInvoice, type NewLine } from '../billing/issue-invoice.ts';
import { payFromCredit } from '../billing/settle-invoice.ts';
import { lastPackageChange } from '../hosting/package-change-queries.ts';
import { lockService, readSubject, type Subject } from '../hosting/subject.ts';
import { addDays, dayOf } from '../kit/calendar.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { shortDay } from '../kit/day-words.ts';
import { readShopSettings } from '../staff/settings.ts';
import { paidPeriodsFrom, unpaidRenewals } from './queries.ts';
import { reissueRenewal } from './reissue-renewal.ts';
import { renewalLine } from './renewal-line.ts';

/**
 * A service was moved to another package: periods it was not reckoned for, since they were invoiced between asking and
 * moving, cost what the new package costs. An unpaid renewal is invoiced anew; for one that is paid the difference is
 * asked for or becomes credit, unless the move was not charged. Asking twice is fine.
 *
 * @throws Conflict `payment_in_progress` while money for one of them may be under way
 */
export async function followNewPrice(ctx: Context, { serviceId }: { serviceId: string }): Promise<void> {
  const change = await lastPackageChange(ctx.db, serviceId);
  if (!change) return;
  const { timeZone } = await readShopSettings(ctx.db);
  const since = addDays(change.periodTo ?? dayOf(change.createdAt, timeZone), 1);
  const traced = withTrace(ctx, { correlationId: change.correlationId });
  for (const { invoiceId } of await unpaidRenewals(ctx.db, serviceId)) {
    await traced.transaction((tx) => askNewPrice(tx, { serviceId, invoiceId, since }));
  }
  if (change.charged) await traced.transaction((tx) => settlePaid(tx, { serviceId, since, changeId: change.id }));
}

async function askNewPrice(
  tx: TransactionContext,
  { serviceId, invoiceId, since }: { serviceId: string; invoiceId: string; since: string },
): Promise<void> {
  await reissueRenewal(tx, {
    invoiceId,
    async change(lines) {
      const subject = await lockSubject(tx, serviceId);
      const changed = lines.map((line) =>
        isRenewalOf(serviceId, line) && line.period.from >= since && line.amountMinor !== subject.recurringMinor
          ? renewalLine(subject, line.period)
          : line,
      );
      return changed.some((line, index) => line !== lines[index]) ? changed : null;
    },
  });
}

const isRenewalOf = (serviceId: string, line: NewLine): line is NewLine & { period: { from: string; to: string } } =>
  line.kind === 'recurring' && line.cause.id === serviceId && line.period !== undefined;

async function settlePaid(
  tx: TransactionContext,
  { serviceId, since, changeId }: { serviceId: string; since: string; changeId: string },
): Promise<void> {
  const subject = await lockSubject(tx, serviceId);
  if (subject.state === 'terminated') return;
  const periods = await paidPeriodsFrom(tx.db, { serviceId, day: since });
  const lines = periods.flatMap(({ from, to, amountMinor }): NewLine[] => {
    const rest = subject.recurringMinor - amountMinor;
    if (rest <= 0n) return [];
    const line = renewalLine({ ...subject, recurringMinor: rest }, { from, to });
    return [{ ...line, kind: 'upgrade', description: `Difference to ${line.description}` }];
  });
  for (const period of periods) {
    const overMinor = period.amountMinor - subject.recurringMinor;
    if (overMinor > 0n) await giveBackOnce(tx, { subject, changeId, from: period.from, amountMinor: overMinor });
  }
  if (lines.length === 0) return;
  const { id } = await issueInvoice(tx, { customerId: subject.customerId, currency: subject.currency, lines });
  await payFromCredit(tx, { invoiceId: id });
}

async function giveBackOnce(
  tx: TransactionContext,
  given: { subject: Subject; changeId: string; from: string; amountMinor: bigint },
): Promise<void> {
  const { subject, changeId, from, amountMinor } = given;
  const reason = `The period of ${subject.domain} from ${shortDay(from)} was paid for a larger package`;
  const cause = { kind: 'package_change', id: changeId };
  const known = await tx.db
    .selectFrom('creditEntry')
    .select('id')
    .where('causeKind', '=', cause.kind)
    .where('causeId', '=', cause.id)
    .where('reason', '=', reason)
    .executeTakeFirst();
  if (known) return;
  const { customerId, currency } = subject;
  await writeCredit(tx, { customerId, currency, amountMinor, reason, cause });
}

async function lockSubject(tx: TransactionContext, serviceId: string): Promise<Subject> {
  await lockService(tx.db, serviceId);
  return readSubject(tx.db, serviceId);
}
