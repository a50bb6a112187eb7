/** The saved methods of a customer, as a provider has them. */
import type { SavedMethod } from '@hostwright/sdk';
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { savedMethods } from './method-queries.ts';

/** Whose methods, at which provider. */
export interface Keeper {
  gatewayId: string;
  customerId: string;
}

/** Have exactly these for a customer, whom the caller holds. @param kept the newest first, as providers list them */
export async function keepOnly(tx: TransactionContext, keeper: Keeper, kept: SavedMethod[]): Promise<void> {
  await removeOthers(tx, keeper, kept);
  // Ids are to tell the order in which they were saved.
  for (const method of kept.toReversed()) await keep(tx, keeper, method);
  await chooseDefault(tx, keeper.customerId);
}

async function removeOthers(
  tx: TransactionContext,
  { gatewayId, customerId }: Keeper,
  kept: SavedMethod[],
): Promise<void> {
  const gone = (await savedMethods(tx.db, customerId)).filter(
    (row) => row.gatewayId === gatewayId && !kept.some(({ reference }) => reference === row.reference),
  );
  for (const { id, label } of gone) {
    const change = { removedAt: tx.clock.now(), isDefault: false };
    await tx.db.updateTable('paymentMethod').set(change).where('id', '=', id).execute();
    const subject = { kind: 'customer', id: customerId };
    await record(tx, 'payment_method.removed', subject, { paymentMethodId: id, customerId }, { before: { label } });
  }
}

async function keep(tx: TransactionContext, { gatewayId, customerId }: Keeper, method: SavedMethod): Promise<void> {
  const { reference, label, expiresIn } = method;
  const known = await tx.db
    .updateTable('paymentMethod')
    .set({ label, expiresIn, removedAt: null })
    .where('gatewayId', '=', gatewayId)
    .where('customerId', '=', customerId)
    .where('reference', '=', reference)
    .returning('id')
    .executeTakeFirst();
  if (known) return;
  const id = uuidv7();
  await tx.db
    .insertInto('paymentMethod')
    .values({ id, customerId, gatewayId, reference, label, expiresIn, createdAt: tx.clock.now() })
    .execute();
  const subject = { kind: 'customer', id: customerId };
  await record(tx, 'payment_method.saved', subject, { paymentMethodId: id, customerId }, { after: { label } });
}

/** Whoever has saved something has a default: the newest, until the customer chooses. */
async function chooseDefault(tx: TransactionContext, customerId: string): Promise<void> {
  const [first] = await savedMethods(tx.db, customerId);
  if (!first || first.isDefault) return;
  await tx.db.updateTable('paymentMethod').set({ isDefault: true }).where('id', '=', first.id).execute();
}
