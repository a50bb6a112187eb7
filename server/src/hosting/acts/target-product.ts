import { z } from 'zod';
import type { Db } from '../../kit/db.ts';
import type { Subject } from '../subject.ts';

const planned = z.object({
  productId: z.uuid(),
  recurringMinor: z.string(),
  options: z.record(z.string(), z.unknown()),
});

/** The product a service moves to, as it was priced when the move was planned. */
export async function readTargetProduct(db: Db, subject: Subject, parameters: Record<string, unknown>) {
  const { productId, recurringMinor, options } = planned.parse(parameters);
  const product = await db
    .selectFrom('product')
    .select(['name', 'moduleSettings'])
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  return {
    ...subject,
    productId,
    productName: product.name,
    moduleSettings: product.moduleSettings,
    optionValues: options,
    recurringMinor: BigInt(recurringMinor),
  };
}
