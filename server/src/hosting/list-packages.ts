import type { OptionAnswers, Product } from '../catalogue/product.ts';
import { findProducts } from '../catalogue/queries.ts';
import type { Context } from '../kit/context.ts';
import { Invalid, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { packagesBeside } from './package-change-queries.ts';
import { type PackageHolder, pricePackage } from './price-package.ts';
import { serviceExists } from './queries.ts';
import { readSubject } from './subject.ts';

/**
 * What a service may be moved to: products on sale that live where its account does and are sold in its cycle and
 * currency, each with its price as it would be with the options it has. Its own product is among them, for other options.
 *
 * @throws NotFound
 */
export async function listPackages(ctx: Context, input: { serviceId: string }) {
  allow(ctx.actor, 'services:read');
  return packagesFor(ctx, { ...input, customerId: undefined });
}

/** As `listPackages`, for a service of this customer. */
export const listOwnPackages = (ctx: Context, input: { serviceId: string; customerId: string }) =>
  packagesFor(ctx, input);

async function packagesFor(ctx: Context, input: { serviceId: string; customerId: string | undefined }) {
  const { serviceId } = input;
  if (!(await serviceExists(ctx.db, input))) throw new NotFound('service_not_found', { serviceId });
  const subject = await readSubject(ctx.db, serviceId);
  const ids = (await packagesBeside(ctx.db, subject)).map(({ id }) => id);
  const products = await findProducts(ctx.db, ids);
  const priced = await Promise.all(products.map((product) => asPackage(ctx, subject, product)));
  return { currency: subject.currency, cycle: subject.cycle, items: priced.filter((each) => each !== null) };
}

/** Null when it is not sold in the service's cycle and currency. */
async function asPackage(
  ctx: Context,
  subject: PackageHolder & { productId: string; optionValues: unknown },
  product: Product,
) {
  try {
    const options = answersKept(product, subject.optionValues as OptionAnswers);
    const { recurringMinor, optionValues } = await pricePackage(ctx.db, subject, { productId: product.id, options });
    const { id, name, tagline, features, description } = product;
    return {
      productId: id,
      productName: name,
      tagline,
      description,
      features,
      current: id === subject.productId,
      recurringMinor,
      options: product.options.map((option) => asOption(option, subject)),
      optionValues,
    };
  } catch (error) {
    if (error instanceof Invalid) return null;
    throw error;
  }
}

/** Of the answers the service has, those the product can take over. */
function answersKept(product: Product, answers: OptionAnswers): OptionAnswers {
  const kept = product.options.flatMap(({ code, kind, values }): [string, OptionAnswers[string]][] => {
    const answer = answers[code];
    if (answer === undefined) return [];
    return kind === 'choice' && !values.some(({ value }) => value === answer) ? [] : [[code, answer]];
  });
  return Object.fromEntries(kept);
}

/** An option with the prices of the service's cycle and currency alone. */
function asOption(option: Product['options'][number], { currency, cycle }: PackageHolder) {
  const { code, name, help, kind, minQuantity, maxQuantity } = option;
  const values = option.values.map(({ value, label, isDefault, prices }) => ({
    value,
    label,
    isDefault,
    amountMinor: prices.find((price) => price.currency === currency && price.cycle === cycle)?.amountMinor ?? 0n,
  }));
  return { code, name, help, kind, minQuantity, maxQuantity, values };
}
