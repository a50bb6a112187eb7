/** Orders as the API lists them. */
import { customerName } from '../customers/present.ts';
import { type Actor, customerIdOf } from '../kit/actor.ts';
import type { Db } from '../kit/db.ts';
import { orderItems, type ordersWithParties } from './queries.ts';

export type OrderSummaryRow = Awaited<ReturnType<ReturnType<typeof ordersWithParties>['executeTakeFirstOrThrow']>>;

/** Orders with what they hold, in the order given. */
export async function asOrderSummaries(db: Db, rows: readonly OrderSummaryRow[]) {
  const items = await orderItems(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ firstName, lastName, company, email, actor, ...row }) => ({
    ...row,
    placedByStaff: customerIdOf(actor as unknown as Actor) === undefined, // written by placeOrder and by nothing else
    customerName: customerName({ firstName, lastName, company, email }),
    items: items.filter(({ orderId }) => orderId === row.id).map(({ orderId: _, ...item }) => item),
  }));
}
