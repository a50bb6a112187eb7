/**
 * What happened in the demo shop before today: customers who did not pay, and the nights that dealt with them. It is
 * lived through with the shop's own clock, so everything about it is as the shop would have written it.
 */
import { type APIRequestContext, request } from 'playwright-core';
import { read, readUntil, send } from './api.ts';
import type { Device } from './browser.ts';
import { type Newcomer, OWNER } from './people.ts';
import type { ShopProcess } from './shop-process.ts';

const debtor = (firstName: string, device: Device): Newcomer => ({
  firstName,
  lastName: 'Late',
  email: `${firstName.toLowerCase()}.${device}@late.example`,
  password: 'a-long-password-of-somebody-late',
  domain: `${firstName.toLowerCase()}-${device}.example`,
});

const onEach = (firstName: string) => ({ desktop: debtor(firstName, 'desktop'), phone: debtor(firstName, 'phone') });

/** Suspended and overdue for so long that the shop asks whether to remove what they have; one of them for every journey's device. */
export const GONE = onEach('Gone');
export const KEPT = onEach('Kept');
/** With a renewal that waits for payment. */
export const OWING = onEach('Owing');
/** As well, and left alone by every journey. */
export const WAITING = debtor('Waiting', 'desktop');

/** Days before today: when they bought, and the nights that follow, whatever the lengths of the months between. */
const LONG_AGO = { bought: -90, nights: [-66, -58, -55, -49, -14] };
const LATELY = { bought: -29, nights: [-4, 0] };

/** @param shop started with `travels`; it ends on today */
export async function livePast(shop: ShopProcess): Promise<void> {
  await shop.travelTo(LONG_AGO.bought);
  await Promise.all([...Object.values(GONE), ...Object.values(KEPT)].map((who) => buy(shop.url, who)));
  await comeToRest(shop);
  for (const days of LONG_AGO.nights) await spendNight(shop, days);
  await shop.travelTo(LATELY.bought);
  await Promise.all([...Object.values(OWING), WAITING].map((who) => buy(shop.url, who)));
  await comeToRest(shop);
  for (const days of LATELY.nights) await spendNight(shop, days);
}

/** A month of the smallest plan, paid by bank transfer, up to the running service. */
async function buy(baseURL: string, { domain, ...person }: Newcomer): Promise<void> {
  const customer = await request.newContext({ baseURL });
  const owner = await ownerOf(baseURL);
  await send(customer, '/api/v1/sign-up', { ...person, currency: 'USD' });
  const { id: productId } = await read<{ id: string }>(customer, '/api/v1/store/products/starter');
  const { order } = await send<{ order: { id: string; invoiceId: string; totalMinor: number } }>(
    customer,
    '/api/v1/portal/orders',
    {
      currency: 'USD',
      items: [{ productId, cycle: 'monthly', domain, options: {}, answers: {} }],
      gatewayId: 'manual',
      payment: {},
      acceptTerms: true,
    },
  );
  await send(owner, `/api/v1/invoices/${order.invoiceId}/payments`, {
    amountMinor: order.totalMinor,
    reference: `Transfer for ${domain}`,
  });
  await readUntil<{ progress: { orderState: string } }>(
    customer,
    `/api/v1/portal/orders/${order.id}`,
    ({ progress }) => progress.orderState === 'active',
  );
  await Promise.all([customer.dispose(), owner.dispose()]);
}

/** The whole ladder on that day, and everything it asks of the panels. */
async function spendNight(shop: ShopProcess, days: number): Promise<void> {
  await shop.travelTo(days);
  const owner = await ownerOf(shop.url);
  await send(owner, '/api/v1/automation/runs', { name: 'nightly' });
  await readUntil<{ items: { finishedAt: string | null }[] }>(owner, '/api/v1/automation/runs', ({ items }) =>
    items.every(({ finishedAt }) => finishedAt !== null),
  );
  await owner.dispose();
  await comeToRest(shop);
}

/** Before the clock is moved: what is under way would seem to have taken weeks. */
async function comeToRest(shop: ShopProcess): Promise<void> {
  const owner = await ownerOf(shop.url);
  for (const state of ['planned', 'running', 'waiting'])
    await readUntil<{ total: number }>(owner, `/api/v1/operations?state=${state}`, ({ total }) => total === 0);
  await owner.dispose();
}

/** Signed in anew: a session does not outlive the weeks between two stops. */
async function ownerOf(baseURL: string): Promise<APIRequestContext> {
  const owner = await request.newContext({ baseURL });
  await send(owner, '/api/v1/session', OWNER);
  return owner;
}
