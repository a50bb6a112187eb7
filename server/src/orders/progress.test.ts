import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Customer, createWorld, type World } from '../../test/world.ts';
import { startHttp } from '../http/server.ts';
import { isFinal, orderProgress } from './progress.ts';
import { orderTrace } from './trace.ts';

let world: World;
let server: Awaited<ReturnType<typeof startHttp>>;
let bought: Awaited<ReturnType<World['buys']>>;
beforeAll(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  await openForBusiness();
  bought = await world.buys();
  server = await startHttp(world.app, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await world.close();
});

/** Customers may sign up once the shop has an owner. */
async function openForBusiness(): Promise<void> {
  const userId = uuidv7();
  const createdAt = world.clock.now();
  const owner = { id: userId, name: 'Olga Owner', email: 'owner@shop.test', createdAt, updatedAt: createdAt };
  await world.app.db.insertInto('loginUser').values(owner).execute();
  await world.app.db.insertInto('staffMember').values({ userId, role: 'owner', createdAt }).execute();
}

const message = async (orderId: string) => (await orderProgress(world.ctx, orderId)).services[0]?.message;

test('every step is there from the start, and the page says what it waits for', async () => {
  const { orderId, serviceId, invoiceId } = await world.order(await world.customer(), { gateway: 'manual' });
  const waiting = await orderProgress(world.ctx, orderId);
  expect(waiting).toMatchObject({ orderState: 'placed', invoiceState: 'unpaid', paymentState: null });
  expect(waiting.services[0]?.steps.map(({ name, state }) => [name, state])).toEqual([
    ['Reserve a place', 'pending'],
    ['Create the account', 'pending'],
    ['DNS zone and records', 'pending'],
    ['Certificate', 'pending'],
    ['Mailbox', 'pending'],
    ['Database', 'pending'],
    ['Activate', 'pending'],
    ['Send the welcome mail', 'pending'],
  ]);
  expect(waiting.services[0]?.message).toBe('We begin as soon as your payment has arrived.');
  expect(isFinal(waiting)).toBe(false);

  await world.pays(invoiceId);
  await world.drain();
  const done = await orderProgress(world.ctx, orderId);
  expect(done).toMatchObject({ orderState: 'active', invoiceState: 'paid', paymentState: 'settled' });
  expect(done.services[0]).toMatchObject({
    serviceId,
    state: 'active',
    operationState: 'done',
    message: null,
    seconds: 0,
  });
  expect(done.services[0]?.steps.every(({ state }) => state === 'done')).toBe(true);
  expect(isFinal(done)).toBe(true);
});

test.each([
  ['waiting', 'no_capacity', 'We are adding capacity'],
  ['waiting', 'server_busy', 'next in line'],
  ['waiting', 'queued', 'next in line'],
  ['waiting', 'server_unavailable', 'being looked after'],
  ['waiting', 'retry', 'trying again by ourselves'],
  ['needs_staff', null, 'Our team is looking at this'],
  ['failed', null, 'could not be set up'],
  ['planned', null, 'about to begin'],
])('an operation that is %s (%s) is told in plain words', async (state, waitReason, said) => {
  const { orderId, serviceId } = bought;
  const panelWords = 'Sorry, the cPanel UID is exhausted';
  await world.app.db
    .updateTable('operation')
    .set({ state, waitReason, errorMessage: panelWords, errorDetail: panelWords })
    .where('serviceId', '=', serviceId)
    .execute();
  expect(await message(orderId)).toContain(said);
  expect(JSON.stringify(await orderProgress(world.ctx, orderId))).not.toContain('cPanel');
  await world.app.db.updateTable('operation').set({ state: 'done' }).where('serviceId', '=', serviceId).execute();
});

test('steps the product does not have are not listed', async () => {
  const { orderId, serviceId } = await world.buys({ product: 'free' });
  const { productId } = await world.service(serviceId);
  await world.app.db.updateTable('product').set({ withMailbox: false }).where('id', '=', productId).execute();
  const { services } = await orderProgress(world.ctx, orderId);
  expect(services[0]?.steps.map(({ name }) => name)).not.toContain('Mailbox');
});

test('the trace tells of events, operations, panel calls, payments and mails, oldest first', async () => {
  const { orderId, domain, customer } = bought;
  const trace = await orderTrace(world.ctx, orderId);
  expect(new Set(trace.map(({ kind }) => kind))).toEqual(
    new Set(['event', 'operation', 'panel_call', 'payment', 'mail']),
  );
  expect(trace.map(({ at }) => at.getTime())).toEqual(trace.map(({ at }) => at.getTime()).sort((a, b) => a - b));
  const texts = trace.map(({ text }) => text);
  expect(texts).toContain('Order placed');
  expect(texts).toContain(`Create: ${domain}`);
  expect(texts).toContainEqual(expect.stringMatching(/^Payment of \$5\.00 for invoice .+ by [A-Z]/));
  expect(texts).toContainEqual(expect.stringContaining(`Mail to ${customer.email}: starter for ${domain} is ready`));
});

interface Event {
  id: string;
  data: { orderState: string; services: { state: string; steps: { state: string }[] }[] };
}

/** A browser's EventSource in small: events as they come, and when the server ended the stream. */
function follow(path: string, cookie: string, lastEventId?: string) {
  const events: Event[] = [];
  const seen = Promise.withResolvers<{ status: number; type: string | undefined }>();
  const ended = Promise.withResolvers<void>();
  const headers = { cookie, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) };
  const asked = request(`${server.url}${path}`, { headers }, (answer) => {
    seen.resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] });
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        if (field('event') === 'progress') events.push({ id: field('id'), data: JSON.parse(field('data')) });
      }
    });
    answer.on('close', () => ended.resolve());
  });
  asked.on('error', () => ended.resolve());
  asked.end();
  return { events, answer: seen.promise, ended: ended.promise, hangUp: () => asked.destroy() };
}

async function signUp(email: string): Promise<{ customer: Customer; cookie: string }> {
  const answer = await fetch(`${server.url}/api/v1/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'correct horse battery', firstName: 'Carla' }),
  });
  expect(answer.status).toBe(201);
  const { customerId } = (await answer.json()) as { customerId: string };
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return {
    customer: { customerId, email, ctx: world.as({ kind: 'customer', userId: customerId, customerId, role: 'owner' }) },
    cookie,
  };
}

const until = async (holds: () => boolean) => {
  for (let tries = 0; tries < 500 && !holds(); tries++) await sleep(20);
  expect(holds()).toBe(true);
};

test('the stream tells of every change while the account is made, and ends when it stands', async () => {
  const { customer, cookie } = await signUp('stream@customer.test');
  const { orderId, invoiceId } = await world.order(customer, { gateway: 'manual' });
  const path = `/api/v1/portal/orders/${orderId}/progress`;
  const stream = follow(path, cookie);
  expect(await stream.answer).toEqual({ status: 200, type: expect.stringContaining('text/event-stream') });
  await until(() => stream.events.length === 1);
  expect(stream.events[0]?.data).toMatchObject({ orderState: 'placed', services: [{ state: 'pending' }] });

  await world.pays(invoiceId);
  await world.drain();
  await stream.ended;
  const last = stream.events.at(-1);
  expect(last?.data).toMatchObject({ orderState: 'active', services: [{ state: 'active' }] });
  expect(new Set(stream.events.map(({ id }) => id)).size).toBe(stream.events.length);

  // A browser that comes back to the end it has seen is told to stay away; a new one gets it once.
  expect((await follow(path, cookie, last?.id).answer).status).toBe(204);
  const late = follow(path, cookie);
  await late.ended;
  expect(late.events).toEqual([last]);
});

test("somebody else's order cannot be followed", async () => {
  const { orderId } = await world.order(await world.customer(), { gateway: 'manual' });
  const { cookie } = await signUp('nosy@customer.test');
  expect((await follow(`/api/v1/portal/orders/${orderId}/progress`, cookie).answer).status).toBe(404);
  expect((await follow(`/api/v1/orders/${orderId}/progress`, cookie).answer).status).toBe(403);
  expect((await follow(`/api/v1/portal/orders/${orderId}/progress`, '').answer).status).toBe(401);
});

test('nobody holds more than twenty streams open, and one that is left makes room', async () => {
  const { customer, cookie } = await signUp('many@customer.test');
  const { orderId } = await world.order(customer, { gateway: 'manual' });
  const path = `/api/v1/portal/orders/${orderId}/progress`;
  const streams = Array.from({ length: 20 }, () => follow(path, cookie));
  for (const stream of streams) expect((await stream.answer).status).toBe(200);
  expect((await follow(path, cookie).answer).status).toBe(429);
  for (const stream of streams) stream.hangUp();
  let last: ReturnType<typeof follow> | undefined;
  for (let tries = 0; tries < 50; tries++) {
    last = follow(path, cookie);
    if ((await last.answer).status === 200) break;
    await sleep(50);
  }
  expect((await last?.answer)?.status).toBe(200);
  last?.hangUp();
});
