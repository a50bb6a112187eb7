import { today } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { issueInvoice, type NewLine } from './issue-invoice.ts';

/** In minor units. Whatever is shown of an invoice stays well within what JSON counts exactly. */
const MOST_MINOR = 1_000_000_000_000n;

/**
 * Ask a customer for money by hand, in its currency. The invoice is paid like any other, and like any other reminded of
 * once it is overdue. It asks for no service: nothing is suspended for it, and nothing is charged by itself.
 *
 * @param input.lines 1 or more; `quantity` 1 or more, `unitMinor` 0 or more
 * @param input.dueOn the shop's days after today when not given
 * @param input.byMail whether the customer is told of it by mail at once
 * @returns the id of the invoice
 * @throws NotFound `customer_not_found`
 * @throws Invalid `amount_out_of_range` when the lines add up to nothing or to too much, `due_in_past`
 */
export async function addInvoice(
  ctx: Context,
  input: {
    customerId: string;
    lines: { description: string; quantity: number; unitMinor: bigint }[];
    dueOn?: string | undefined;
    byMail: boolean;
  },
): Promise<string> {
  allow(ctx.actor, 'billing:write');
  const lines = input.lines.map(
    (line): NewLine => ({
      ...line,
      kind: 'manual',
      cause: { kind: 'staff', id: null },
      amountMinor: BigInt(line.quantity) * line.unitMinor,
    }),
  );
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (totalMinor < 1n || totalMinor > MOST_MINOR) {
    const message =
      totalMinor < 1n ? 'must add up to more than nothing' : 'add up to more than one invoice can ask for';
    throw new Invalid('amount_out_of_range', { issues: [{ path: 'lines', message }] });
  }
  return ctx.transaction(async (tx) => {
    const { timeZone } = await readShopSettings(tx.db);
    if (input.dueOn !== undefined && input.dueOn < today(tx.clock, timeZone))
      throw new Invalid('due_in_past', { issues: [{ path: 'dueOn', message: 'must not be before today' }] });
    return (await issueInvoice(tx, { ...input, lines })).id;
  });
}
