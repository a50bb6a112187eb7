/** A day in the demo shop, so that its pages have something to show: who bought what, and what came of it. */
import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { visitCheckout } from '../gateways/stripe/simulator/customer.ts';
import { panelsOf } from './panels.ts';
import { CARDS } from './stripe-page.ts';

const PASSWORD = 'a-long-password-for-a-day';

interface Buyer {
  firstName: string;
  lastName: string;
  company?: string;
  domain: string;
  product: string;
  cycle: string;
  options?: Record<string, string | number | boolean>;
  card?: string;
}

const BUYERS: Buyer[] = [
  { firstName: 'Marta', lastName: 'Lind', domain: 'harbour-bakery.example', product: 'starter', cycle: 'annually' },
  {
    firstName: 'Jonas',
    lastName: 'Weber',
    company: 'Weber Bikes',
    domain: 'weber-bikes.example',
    product: 'business',
    cycle: 'monthly',
    options: { package: 'business_plus', daily_backups: true },
  },
  { firstName: 'Aisha', lastName: 'Khan', domain: 'khan-studio.example', product: 'agency', cycle: 'monthly' },
  { firstName: 'Luca', lastName: 'Moretti', domain: 'moretti-wine.example', product: 'business', cycle: 'annually' },
  { firstName: 'Sofie', lastName: 'Berg', domain: 'fjord-guides.example', product: 'starter', cycle: 'monthly' },
];
const REFUSED: Buyer = {
  firstName: 'Tom',
  lastName: 'Okafor',
  domain: 'okafor-law.example',
  product: 'starter',
  cycle: 'monthly',
};
const UNPAID: Buyer = {
  firstName: 'Nora',
  lastName: 'Vance',
  domain: 'vance-pottery.example',
  product: 'business',
  cycle: 'triennially',
};
const DECLINED: Buyer = {
  firstName: 'Ines',
  lastName: 'Castro',
  domain: 'castro-dance.example',
  product: 'starter',
  cycle: 'monthly',
  card: CARDS.declined,
};

/**
 * Place the day's orders and wait until they are as far as they get by themselves: five run, one waits for staff, one
 * for money, one was declined at Stripe and went no further.
 *
 * @param staff a page where the owner is signed in
 * @param baseURL of the shop
 * @returns a login whose customer owns a running service
 */
export async function busyDay(browser: Browser, staff: Page, baseURL: string) {
  for (const panel of await panelsOf(staff))
    await panel.addForeignAccount({ username: 'okaforla', domain: REFUSED.domain });
  for (const buyer of [...BUYERS, REFUSED, UNPAID, DECLINED]) {
    const context = await browser.newContext({ baseURL });
    await buy(context.request, buyer, buyer === UNPAID ? 'manual' : 'stripe');
    await context.close();
  }
  return { email: emailOf(BUYERS[1] as Buyer), password: PASSWORD };
}

/** What the shop answers to an order; `url` of the page where it is paid. */
interface Placed {
  order: { id: string };
  payment: { url?: string } | null;
}

const emailOf = ({ firstName, domain }: Buyer) => `${firstName.toLowerCase()}@${domain}`;

async function buy(request: APIRequestContext, buyer: Buyer, gatewayId: string): Promise<void> {
  const { firstName, lastName, company, product, cycle, domain, options = {} } = buyer;
  await send(request, '/api/v1/sign-up', {
    firstName,
    lastName,
    ...(company ? { company } : {}),
    email: emailOf(buyer),
    password: PASSWORD,
    currency: 'USD',
  });
  const { id: productId } = await read<{ id: string }>(request, `/api/v1/store/products/${product}`);
  const { order, payment } = await send<Placed>(request, '/api/v1/portal/orders', {
    currency: 'USD',
    items: [{ productId, cycle, domain, options, answers: {} }],
    gatewayId,
    acceptTerms: true,
  });
  if (!payment?.url) return;
  const { returnedTo } = await visitCheckout(payment.url, { number: buyer.card ?? CARDS.pays });
  if (returnedTo === null) return;
  await request.get(returnedTo);
  for (;;) {
    const { progress } = await read<{ progress: { services: { state: string; operationState: string | null }[] } }>(
      request,
      `/api/v1/portal/orders/${order.id}`,
    );
    if (progress.services.every((one) => one.state === 'active' || one.operationState === 'needs_staff')) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** @throws Error with the shop's answer when it refuses */
async function send<T>(request: APIRequestContext, path: string, data: object): Promise<T> {
  const answer = await request.post(path, { data, headers: { 'idempotency-key': crypto.randomUUID() } });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function read<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(path);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}
