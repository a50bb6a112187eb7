import type { Context } from '../../kit/context.ts';
import { examineBooks as errorsInBooks } from '../../payments/examine-books.ts';
import { type Finding, fail, ok } from './finding.ts';

const MOST_SHOWN = 20;

/** Whether every invoice, payment, refund and credit balance adds up from its rows. */
export async function examineBooks(ctx: Context): Promise<Finding[]> {
  const errors = await errorsInBooks(ctx.db);
  if (errors.length === 0) return [ok('Books', 'invoices, payments, refunds and credit add up')];
  const shown = errors
    .slice(0, MOST_SHOWN)
    .map(({ customerId, message }) =>
      fail(
        'Books',
        `${message} (Customer ${customerId}.)`,
        'Change nothing by hand. Keep a backup of now, and report it with the audit log of this customer.',
      ),
    );
  const more = errors.length - shown.length;
  return more > 0 ? [...shown, fail('Books', `${more} more do not add up.`, 'See those above.')] : shown;
}
