import type { SavedMethod } from '@hostwright/sdk';
import { uuidv7 } from 'uuidv7';
import { lockCustomer } from '../billing/queries.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import { gatewayCustomerReference } from './gateway-customer.ts';
import { findGateway } from './gateway-settings.ts';
import { savedMethods } from './method-queries.ts';

interface Kept {
  gatewayId: string;
  customerId: string;
}

/**
 * Ask a provider what it keeps for a customer, and have the same here. Safe whenever and however often it runs: the
 * provider's list is the truth, so a message that was lost, or came late, changes nothing.
 *
 * @throws what the gateway throws
 */
export async function syncSavedMethods(ctx: Context, input: Kept & { signal: AbortSignal }): Promise<void> {
  const ready = await findGateway(ctx, input.gatewayId);
  const customerReference = await gatewayCustomerReference(ctx.db, input);
  if (!ready?.gateway.listSaved || customerReference === null) return;
  const { settings } = ready;
  const kept = await ready.gateway.listSaved({ settings, customerReference, signal: input.signal });
  await ctx.transaction(async (tx) => {
    await lockCustomer(tx.db, input.customerId);
    await removeOthers(tx, input, kept);
    // Providers list the newest first; ids are to tell the same order.
    for (const method of kept.toReversed()) await keep(tx, input, method);
    await chooseDefault(tx, input.customerId);
  });
}

async function removeOthers(
  tx: TransactionContext,
  { gatewayId, customerId }: Kept,
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

async function keep(tx: TransactionContext, { gatewayId, customerId }: Kept, method: SavedMethod): Promise<void> {
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
