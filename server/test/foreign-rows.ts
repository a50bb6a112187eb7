import type { Kysely } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../src/kit/db.ts';

/**
 * One row of everything a customer can own, with what it hangs on.
 *
 * @returns ids by the noun in the portal's addresses: `/portal/orders/{id}` is `orders`
 */
export async function foreignRows(
  db: Kysely<Database>,
  customerId: string,
  now: Date,
): Promise<Record<string, string>> {
  const trace = { actor: JSON.stringify({ kind: 'customer', customerId }), correlationId: uuidv7() };
  const times = { createdAt: now, updatedAt: now };
  const [serverGroupId, productGroupId, productId, invoiceId, orderId, serviceId] = [
    uuidv7(),
    uuidv7(),
    uuidv7(),
    uuidv7(),
    uuidv7(),
    uuidv7(),
  ];
  await db
    .insertInto('serverGroup')
    .values({ id: serverGroupId, name: serverGroupId, strategy: 'fill_first', ...times })
    .execute();
  await db
    .insertInto('productGroup')
    .values({ id: productGroupId, slug: productGroupId, name: 'Hosting', ...times })
    .execute();
  await db
    .insertInto('product')
    .values({
      id: productId,
      productGroupId,
      serverGroupId,
      slug: productId,
      name: 'Starter',
      moduleId: 'cpanel',
      ...times,
    })
    .execute();
  await db
    .insertInto('invoice')
    .values({
      id: invoiceId,
      number: invoiceId,
      customerId,
      state: 'unpaid',
      currency: 'EUR',
      totalMinor: 999n,
      billTo: JSON.stringify({
        name: 'Carla',
        company: '',
        address: [],
        country: '',
        taxId: '',
        email: 'carla@customer.test',
      }),
      issuedOn: '2026-03-01',
      dueOn: '2026-03-08',
      correlationId: trace.correlationId,
      createdAt: now,
    })
    .execute();
  await db
    .insertInto('order')
    .values({
      id: orderId,
      customerId,
      state: 'placed',
      currency: 'EUR',
      totalMinor: 999n,
      invoiceId,
      placedAt: now,
      ...trace,
    })
    .execute();
  await db
    .insertInto('service')
    .values({
      id: serviceId,
      customerId,
      orderId,
      productId,
      state: 'pending',
      domain: 'customer.test',
      cycle: 'monthly',
      currency: 'EUR',
      recurringMinor: 999n,
      ...times,
    })
    .execute();
  const [userId, invitationId] = [uuidv7(), uuidv7()];
  await db
    .insertInto('loginUser')
    .values({ id: userId, name: 'Tina', email: `${userId}@customer.test`, ...times })
    .execute();
  await db.insertInto('customerUser').values({ customerId, userId, role: 'technical', createdAt: now }).execute();
  await db
    .insertInto('invitation')
    .values({
      id: invitationId,
      customerId,
      email: `${invitationId}@customer.test`,
      role: 'billing',
      invitedBy: trace.actor,
      createdAt: now,
      expiresAt: now,
    })
    .execute();
  const methodId = uuidv7();
  await db
    .insertInto('paymentMethod')
    .values({
      id: methodId,
      customerId,
      gatewayId: 'test-card',
      reference: methodId,
      label: 'Visa ending in 4242',
      createdAt: now,
    })
    .execute();
  return {
    invoices: invoiceId,
    orders: orderId,
    services: serviceId,
    users: userId,
    invitations: invitationId,
    'saved-methods': methodId,
  };
}
