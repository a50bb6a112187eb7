import { writeCredit } from '../billing/credit-ledger.ts';
import { lockCustomer } from '../billing/queries.ts';
import { worthOfInvoice } from '../billing/worth-of-invoice.ts';
import type { TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { record } from '../kit/events.ts';

/**
 * Give up a service that never had an account: what was paid for it and not refunded since becomes credit, and its place
 * in the stock is free again. A second call changes nothing.
 *
 * @throws Conflict `service_<state>` once it had an account: that one is terminated instead
 */
export async function cancelService(tx: TransactionContext, serviceId: string): Promise<void> {
  const service = await tx.db
    .selectFrom('service')
    .selectAll()
    .where('id', '=', serviceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (service.state === 'cancelled') return;
  if (service.state !== 'pending') throw new Conflict(`service_${service.state}`, { serviceId });
  await tx.db
    .updateTable('service')
    .set({ state: 'cancelled', updatedAt: tx.clock.now() })
    .where('id', '=', serviceId)
    .execute();
  await tx.db
    .updateTable('product')
    .set((on) => ({ stock: on('stock', '+', 1) }))
    .where('id', '=', service.productId)
    .where('stock', 'is not', null)
    .execute();
  // Refunds queue there as well, so that the same money is not given back twice.
  await lockCustomer(tx.db, service.customerId);
  for (const { currency, paidMinor } of await paidFor(tx, serviceId)) {
    await writeCredit(tx, {
      customerId: service.customerId,
      currency,
      amountMinor: paidMinor,
      reason: `${service.domain} could not be set up`,
      cause: { kind: 'service', id: serviceId },
    });
  }
  const payload = { serviceId, customerId: service.customerId };
  await record(tx, 'service.cancelled', { kind: 'service', id: serviceId }, payload, {
    before: { state: service.state },
    after: { state: 'cancelled' },
  });
}

/** What paid invoices asked for this service, as far as the shop still has it. */
async function paidFor(tx: TransactionContext, serviceId: string): Promise<{ currency: string; paidMinor: bigint }[]> {
  const lines = await tx.db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select(['invoice.id', 'invoice.currency'])
    .select(({ fn }) => fn.sum<bigint>('invoiceLine.amountMinor').as('amountMinor'))
    .where('invoiceLine.causeKind', '=', 'service')
    .where('invoiceLine.causeId', '=', serviceId)
    .where('invoice.state', '=', 'paid')
    .groupBy(['invoice.id', 'invoice.currency'])
    .execute();
  const sums = new Map<string, bigint>();
  for (const { id, currency, amountMinor } of lines) {
    const worth = await worthOfInvoice(tx.db, id);
    const asked = BigInt(amountMinor);
    sums.set(currency, (sums.get(currency) ?? 0n) + (worth < asked ? worth : asked));
  }
  return [...sums].filter(([, sum]) => sum > 0n).map(([currency, paidMinor]) => ({ currency, paidMinor }));
}
