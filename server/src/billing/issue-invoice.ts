import { uuidv7 } from 'uuidv7';
import { addDays, today } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { readShopSettings } from '../staff/settings.ts';
import { billTo } from './bill-to.ts';
import { fixCurrency } from './customer-currency.ts';
import { takeNumber } from './number.ts';
import type { InvoiceRow } from './queries.ts';

export interface NewLine {
  kind: 'recurring' | 'setup' | 'option' | 'upgrade' | 'manual';
  /** What it is for, by kind and id, so that billing need not know it; the id may be null for `manual`. */
  cause: { kind: string; id: string | null };
  description: string;
  quantity: number;
  unitMinor: bigint;
  /** `quantity` × `unitMinor`. */
  amountMinor: bigint;
  /** First and last day it pays for. */
  period?: { from: string; to: string };
}

export interface NewInvoice {
  customerId: string;
  /** The customer's own when not given. */
  currency?: string | undefined;
  /** At least one. */
  lines: NewLine[];
  /** The shop's days after today when not given. */
  dueOn?: string | undefined;
  /** Whether the customer is told of it by mail; true when not given. */
  byMail?: boolean;
}

/**
 * Ask a customer for money. The invoice is unpaid when this returns, even with a total of zero: once the rows its
 * lines point at stand, call `payFromCredit` or `settleWhenCovered`, which pays what owes nothing.
 * Other invoices wait for this transaction from here on, so little should follow.
 *
 * @throws Invalid when the customer is billed in another currency; NotFound for the customer
 * @throws RangeError when there is no line or the lines add up to less than zero: the caller made them wrong
 */
export async function issueInvoice(tx: TransactionContext, wanted: NewInvoice): Promise<InvoiceRow> {
  const totalMinor = wanted.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  if (wanted.lines.length === 0 || totalMinor < 0n) throw new RangeError('An invoice needs lines that ask for money.');
  const customer = await fixCurrency(tx, { customerId: wanted.customerId, wanted: wanted.currency });
  const { invoiceDueDays, timeZone } = await readShopSettings(tx.db);
  const issuedOn = today(tx.clock, timeZone);
  const invoice = await tx.db
    .insertInto('invoice')
    .values({
      id: uuidv7(),
      number: await takeNumber(tx.db, 'invoice'),
      customerId: wanted.customerId,
      state: 'unpaid',
      currency: customer.currency,
      totalMinor,
      billTo: JSON.stringify(billTo(customer)),
      issuedOn,
      dueOn: wanted.dueOn ?? addDays(issuedOn, invoiceDueDays),
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx.db
    .insertInto('invoiceLine')
    .values(
      wanted.lines.map(({ cause, period, ...line }, position) => ({
        ...line,
        id: uuidv7(),
        invoiceId: invoice.id,
        position,
        causeKind: cause.kind,
        causeId: cause.id,
        periodFrom: period?.from ?? null,
        periodTo: period?.to ?? null,
      })),
    )
    .execute();
  const payload = { invoiceId: invoice.id, customerId: invoice.customerId, byMail: wanted.byMail ?? true };
  const after = { number: invoice.number, totalMinor: totalMinor.toString(), currency: customer.currency };
  await record(tx, 'invoice.issued', { kind: 'invoice', id: invoice.id }, payload, { after });
  return invoice;
}
