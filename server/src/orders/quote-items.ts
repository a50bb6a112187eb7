import { creditBalance } from '../billing/queries.ts';
import { type PricedItem, priceItem } from '../catalogue/price-item.ts';
import type { OptionAnswers, Product } from '../catalogue/product.ts';
import { findProducts } from '../catalogue/queries.ts';
import { customerIdOf } from '../kit/actor.ts';
import { type Cycle, isRecurring } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import type { FieldValues } from '../kit/declared-fields.ts';
import { Invalid } from '../kit/errors.ts';
import { customerRightsOf } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';

export interface ItemInput {
  productId: string;
  cycle: Cycle;
  domain: string;
  options: OptionAnswers;
  answers: FieldValues;
}

export interface Quote {
  currency: string;
  totalMinor: bigint;
  renewsMinor: bigint;
  items: PricedItem[];
}

export interface QuoteToday extends Quote {
  /** What the customer's credit takes; nothing for visitors and those who may not see it. */
  creditMinor: bigint;
  /** What is left to pay now. */
  dueMinor: bigint;
}

/**
 * What items cost, and what of it is due today. Changes nothing and promises nothing: the order is priced again, by the
 * same function, when it is placed.
 *
 * @param input.currency the customer's when one asks, else the shop's default
 * @throws Invalid naming every item that cannot be had as wanted
 */
export async function quoteItems(
  ctx: Context,
  input: { currency?: string | undefined; items: ItemInput[]; useCredit?: boolean },
): Promise<QuoteToday> {
  const currency = input.currency ?? (await usualCurrency(ctx));
  const products = await findProducts(
    ctx.db,
    input.items.map(({ productId }) => productId),
  );
  const quote = priceItems(products, currency, input.items);
  const balanceMinor = input.useCredit ? await ownCredit(ctx, currency) : 0n;
  const creditMinor = balanceMinor < quote.totalMinor ? balanceMinor : quote.totalMinor;
  return { ...quote, creditMinor, dueMinor: quote.totalMinor - creditMinor };
}

async function ownCredit(ctx: Context, currency: string): Promise<bigint> {
  const customerId = customerIdOf(ctx.actor);
  if (customerId === undefined || !customerRightsOf(ctx.actor).includes('billing')) return 0n;
  const balanceMinor = await creditBalance(ctx.db, customerId, currency);
  return balanceMinor > 0n ? balanceMinor : 0n;
}

/** @throws Invalid `bad_item` with the issues of all items together */
export function priceItems(products: readonly Product[], currency: string, items: readonly ItemInput[]): Quote {
  const issues: Invalid['issues'] = [];
  const priced: PricedItem[] = [];
  items.forEach((item, index) => {
    const path = `items.${index}`;
    const product = products.find(({ id, archivedAt }) => id === item.productId && archivedAt === null);
    if (!product) {
      issues.push({ path: `${path}.productId`, message: 'is not sold here' });
      return;
    }
    try {
      priced.push(priceItem(product, { ...item, currency }, path));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      issues.push(...error.issues);
    }
  });
  if (issues.length > 0) throw new Invalid('bad_item', { issues });
  return {
    currency,
    totalMinor: sum(priced.map((item) => item.totalMinor)),
    renewsMinor: sum(priced.filter(({ cycle }) => isRecurring(cycle)).map((item) => item.recurringMinor)),
    items: priced,
  };
}

async function usualCurrency(ctx: Context): Promise<string> {
  const customerId = customerIdOf(ctx.actor);
  const customer =
    customerId === undefined
      ? undefined
      : await ctx.db.selectFrom('customer').select('currency').where('id', '=', customerId).executeTakeFirst();
  const { currencies } = await readShopSettings(ctx.db);
  const currency = customer?.currency ?? currencies[0];
  if (currency === undefined) throw new Error('The shop has no currency.');
  return currency;
}

const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
