import { uuidv7 } from 'uuidv7';
import { fixCurrency } from '../billing/customer-currency.ts';
import { issueInvoice, type NewLine } from '../billing/issue-invoice.ts';
import { payFromCredit, settleWhenCovered } from '../billing/settle-invoice.ts';
import type { PricedItem } from '../catalogue/price-item.ts';
import type { Product } from '../catalogue/product.ts';
import { findProducts, lockProducts } from '../catalogue/queries.ts';
import { createService } from '../hosting/create-service.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { type FieldValues, parseFields } from '../kit/declared-fields.ts';
import { DomainError, Invalid } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { enabledGateway } from '../payments/gateway-settings.ts';
import { type PayOutcome, payInvoice } from '../payments/pay-invoice.ts';
import { ownChargeableMethod, payWithSavedMethod } from '../payments/pay-with-saved-method.ts';
import { type ItemInput, priceItems } from './quote-items.ts';
import { takeStock } from './take-stock.ts';

/** What is ordered, and for whom. */
export interface Wanted {
  customerId: string;
  /** The customer's own when not given. */
  currency?: string | undefined;
  items: ItemInput[];
  note?: string | undefined;
}

export interface OrderInput extends Wanted {
  /** How it is paid: through a gateway, with what that asks for, or with what the customer saved. None when nothing is due. */
  gatewayId?: string | undefined;
  payment: FieldValues;
  savedMethodId?: string | undefined;
  useCredit: boolean;
}

export interface PlacedOrder {
  orderId: string;
  invoiceId: string;
  /** Null when nothing was owed. */
  payment: PayOutcome | null;
}

/**
 * Order items and, where the payment method can, pay for them at once. Everything is priced from stored data; stock is
 * taken under a lock. The order stands once this returns, also when the payment was declined: its invoice can be paid
 * later.
 *
 * @throws Invalid naming what cannot be had, `payment_needed` when it is not said how what is due is paid,
 *   `gateway_unavailable`, `bad_fields`, `currency_fixed`: nothing was ordered
 * @throws NotFound `payment_method_not_found`, also for somebody else's saved method: nothing was ordered
 * @throws Conflict `out_of_stock`: nothing was ordered
 */
export async function placeOrder(ctx: Context, input: OrderInput): Promise<PlacedOrder> {
  const means = await meansOf(ctx, input);
  const placed = await ctx.transaction(async (tx) => {
    const stands = await place(tx, input, means?.gatewayId ?? null);
    if (stands.invoiceState === 'paid' || means) return stands;
    const message = 'must be given: something is due today';
    throw new Invalid('payment_needed', { issues: [{ path: 'gatewayId', message }] });
  });
  if (placed.invoiceState === 'paid' || !means) return { ...placed, payment: null };
  return { ...placed, payment: await pay(ctx, placed, means) };
}

/**
 * Order items for a customer, by staff. Nothing is charged: the customer is asked for the money by mail and pays as
 * they like, or staff record what came in. What costs nothing is paid at once.
 *
 * @throws NotFound `customer_not_found`
 * @throws Invalid naming what cannot be had; Conflict `out_of_stock`: nothing was ordered
 */
export async function placeOrderForCustomer(ctx: Context, wanted: Wanted): Promise<{ orderId: string }> {
  allow(ctx.actor, 'orders:write');
  return ctx.transaction((tx) => place(tx, { ...wanted, useCredit: false }, null));
}

/** How an order is paid once it stands. */
interface Means {
  gatewayId: string;
  pay(invoiceId: string): Promise<PayOutcome>;
}

/** Whatever can be said against them is said before anything is ordered. Undefined when none were given. */
async function meansOf(ctx: Context, input: OrderInput): Promise<Means | undefined> {
  const { customerId, gatewayId, payment, savedMethodId } = input;
  if (savedMethodId !== undefined) {
    const own = { customerId, savedMethodId };
    const method = await ownChargeableMethod(ctx, own);
    return { gatewayId: method.gatewayId, pay: (invoiceId) => payWithSavedMethod(ctx, { ...own, invoiceId }) };
  }
  if (gatewayId === undefined) return undefined;
  const { gateway } = await enabledGateway(ctx, gatewayId);
  parseFields(gateway.payment ?? {}, payment, 'payment');
  return { gatewayId, pay: (invoiceId) => payInvoice(ctx, { invoiceId, customerId, gatewayId, payment }) };
}

/** @param gatewayId which the customer chose, if any */
async function place(tx: TransactionContext, input: Wanted & { useCredit: boolean }, gatewayId: string | null) {
  const { currency } = await fixCurrency(tx, { customerId: input.customerId, wanted: input.currency });
  const productIds = input.items.map(({ productId }) => productId);
  await lockProducts(tx.db, productIds);
  const products = await findProducts(tx.db, productIds);
  const quote = priceItems(products, currency, input.items);
  const answers = input.items.map((item, index) => answersFor(tx, products, item, `items.${index}.answers`));
  await takeStock(tx, productIds);

  const orderId = uuidv7();
  const items = quote.items.map((item, index) => ({ item, serviceId: uuidv7(), answers: answers[index] ?? {} }));
  const invoice = await issueInvoice(tx, {
    customerId: input.customerId,
    currency,
    lines: items.flatMap(({ item, serviceId }) => linesOf(item, serviceId)),
  });
  await tx.db
    .insertInto('order')
    .values({
      id: orderId,
      customerId: input.customerId,
      state: 'placed',
      currency,
      totalMinor: quote.totalMinor,
      invoiceId: invoice.id,
      gatewayId,
      actor: JSON.stringify(tx.actor),
      correlationId: tx.correlationId,
      placedAt: tx.clock.now(),
    })
    .execute();
  for (const { item, serviceId, answers: orderAnswers } of items) {
    const { productId, domain, cycle, recurringMinor, optionValues } = item;
    const ordered = { productId, domain, cycle, currency, recurringMinor, optionValues, orderAnswers };
    await createService(tx, { id: serviceId, customerId: input.customerId, orderId, ...ordered });
  }
  const payload = { orderId, customerId: input.customerId, invoiceId: invoice.id };
  const after = { invoiceNumber: invoice.number, totalMinor: quote.totalMinor.toString(), currency, note: input.note };
  await record(tx, 'order.placed', { kind: 'order', id: orderId }, payload, { after });
  const settled = input.useCredit
    ? await payFromCredit(tx, { invoiceId: invoice.id })
    : await settleWhenCovered(tx, invoice.id);
  return { orderId, invoiceId: invoice.id, invoiceState: settled.state };
}

/** @throws Invalid when the module that will make the account asks for something else, or is not loaded */
function answersFor(tx: TransactionContext, products: readonly Product[], item: ItemInput, path: string): FieldValues {
  const product = products.find(({ id }) => id === item.productId);
  const module = product && tx.app.modules.get(product.moduleId);
  if (!module) {
    throw new Invalid('bad_item', {
      issues: [{ path, message: 'cannot be ordered at the moment: its module is not loaded' }],
    });
  }
  return parseFields(module.order ?? {}, item.answers, path);
}

const linesOf = (item: PricedItem, serviceId: string): NewLine[] =>
  item.lines.map((line) => ({ ...line, cause: { kind: 'service', id: serviceId } }));

/** The order stands by now, so a payment that fails must not look like an order that failed and be tried again. */
async function pay(ctx: Context, { invoiceId }: { invoiceId: string }, means: Means): Promise<PayOutcome> {
  try {
    return await means.pay(invoiceId);
  } catch (error) {
    if (error instanceof DomainError) {
      return { outcome: 'declined', message: 'Nothing was charged. Your order is placed; please pay its invoice.' };
    }
    ctx.app.log.error({ err: error, invoiceId }, 'Paying a placed order failed.');
    return { outcome: 'unknown', message: 'Your order is placed. Please look at its invoice before you pay again.' };
  }
}
