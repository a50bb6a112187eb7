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

/** People who bought on the same day, and the nights that followed. */
export interface Chapter {
  /** Days from today, negative: when they bought. */
  bought: number;
  /** As well: the nights in which the ladder is climbed. */
  nights: number[];
  people: Newcomer[];
}

/** The nights are chosen so that they do the same whatever the lengths of the months between. */
const JOURNEYS_PAST: Chapter[] = [
  { bought: -90, nights: [-66, -58, -55, -49, -14], people: [...Object.values(GONE), ...Object.values(KEPT)] },
  { bought: -29, nights: [-4, 0], people: [...Object.values(OWING), WAITING] },
];

/** Day by day. @param shop started with `travels`; it ends on the last of the days */
export async function livePast(shop: ShopProcess, chapters = JOURNEYS_PAST): Promise<void> {
  const days = new Set(chapters.flatMap(({ bought, nights }) => [bought, ...nights]));
  for (const day of [...days].toSorted((one, other) => one - other)) {
    const people = chapters.filter(({ bought }) => bought === day).flatMap((chapter) => chapter.people);
    await shop.travelTo(day);
    for (const who of people) await buy(shop.url, who);
    await comeToRest(shop);
    if (chapters.some(({ nights }) => nights.includes(day))) await spendNight(shop, day);
  }
}

/** A month of the smallest plan, paid by bank transfer, up to the running service. */
async function buy(baseURL: string, { domain, ...person }: Newcomer): Promise<void> {
  const customer = await request.newContext({ baseURL });
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
  const transfer = { amountMinor: order.totalMinor, reference: `Transfer for ${domain}` };
  await asOwner(baseURL, (owner) => send(owner, `/api/v1/invoices/${order.invoiceId}/payments`, transfer));
  await readUntil<{ progress: { orderState: string } }>(
    customer,
    `/api/v1/portal/orders/${order.id}`,
    ({ progress }) => progress.orderState === 'active',
  );
  await customer.dispose();
}

/** The whole ladder on that day, and everything it asks of the panels. */
export async function spendNight(shop: ShopProcess, days: number): Promise<void> {
  await shop.travelTo(days);
  await asOwner(shop.url, async (owner) => {
    await send(owner, '/api/v1/automation/runs', { name: 'nightly' });
    await readUntil<{ items: { finishedAt: string | null }[] }>(owner, '/api/v1/automation/runs', ({ items }) =>
      items.every(({ finishedAt }) => finishedAt !== null),
    );
  });
  await comeToRest(shop);
}

/** Before the clock is moved: what is under way would seem to have taken weeks. */
export const comeToRest = (shop: ShopProcess): Promise<void> =>
  asOwner(shop.url, async (owner) => {
    for (const state of ['planned', 'running', 'waiting'])
      await readUntil<{ total: number }>(owner, `/api/v1/operations?state=${state}`, ({ total }) => total === 0);
  });

/** What the owner's browser remembers of the shop from one visit to the next, so that it is not a new device each time. */
let remembered: Awaited<ReturnType<APIRequestContext['storageState']>> | undefined;

/** Does something as the owner. Signed in anew: a session does not outlive the weeks between two days. */
export async function asOwner<T>(baseURL: string, act: (owner: APIRequestContext) => Promise<T>): Promise<T> {
  const owner = await request.newContext({ baseURL, storageState: remembered });
  await send(owner, '/api/v1/session', OWNER);
  const done = await act(owner);
  await owner.delete('/api/v1/session');
  remembered = await owner.storageState();
  await owner.dispose();
  return done;
}
