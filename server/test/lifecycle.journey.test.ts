import { afterEach, beforeEach, expect, test } from 'vitest';
import { changePackage } from '../src/hosting/change-package.ts';
import { changeOwnPassword, changePassword } from '../src/hosting/change-password.ts';
import { renewService } from '../src/hosting/renew-service.ts';
import { suspendService } from '../src/hosting/suspend-service.ts';
import { terminateService } from '../src/hosting/terminate-service.ts';
import { unsuspendService } from '../src/hosting/unsuspend-service.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let serviceId: string;
let username: string;
let bought: Awaited<ReturnType<World['buys']>>;

beforeEach(async () => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z' });
  bought = await world.buys({ domain: 'bakery.test' });
  serviceId = bought.serviceId;
  username = (await world.service(serviceId)).username ?? '';
});
afterEach(() => world.close());

test('suspending takes the site offline with its reason, and bringing it back clears it', async () => {
  await suspendService(world.ctx, { serviceId, cause: 'abuse', reason: 'Sends spam' });
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({
    state: 'suspended',
    suspendCause: 'abuse',
    suspendReason: 'Sends spam',
  });
  expect(world.panel.account(username)).toMatchObject({ suspended: true, suspendReason: 'Sends spam' });

  await unsuspendService(world.ctx, { serviceId });
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({
    state: 'active',
    suspendCause: null,
    suspendReason: null,
    suspendedAt: null,
  });
  expect(world.panel.account(username)?.suspended).toBe(false);
});

test('an upgrade changes package and price at once', async () => {
  await changePackage(world.ctx, { serviceId, productId: world.products.business, options: {} });
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({ productId: world.products.business, recurringMinor: 1500n });
  expect(world.panel.account(username)?.package).toBe('business');
});

test('a new password is set on the panel and kept with the service', async () => {
  const before = world.panel.account(username)?.password;
  await changePassword(world.ctx, { serviceId });
  await world.drain();
  const after = world.panel.account(username)?.password ?? '';
  expect(after).not.toBe(before);
  const { sealedPassword } = await world.service(serviceId);
  expect(world.app.keyring.open(sealedPassword ?? '', `service:${serviceId}`)).toBe(after);
});

test('a customer sets the password of an own service and of no other', async () => {
  const { customerId, ctx } = bought.customer;
  await changeOwnPassword(ctx, { customerId, serviceId, password: 'Chosen-by-me-77' });
  await world.drain();
  expect(world.panel.account(username)?.password).toBe('Chosen-by-me-77');

  const other = await world.customer();
  await expect(changeOwnPassword(other.ctx, { customerId: other.customerId, serviceId })).rejects.toMatchObject({
    status: 404,
  });
});

test('terminating removes the account, frees its place and never gives its name away again', async () => {
  await expect(terminateService(world.ctx, { serviceId, confirmDomain: 'other.test' })).rejects.toMatchObject({
    code: 'domain_not_confirmed',
  });
  await terminateService(world.ctx, { serviceId, confirmDomain: 'bakery.test' });
  await world.drain();
  expect(await world.service(serviceId)).toMatchObject({ state: 'terminated', sealedPassword: null });
  expect(world.panel.accounts()).toEqual([]);
  const places = await world.app.db.selectFrom('placement').select(['username', 'releasedAt']).execute();
  expect(places).toEqual([{ username, releasedAt: world.clock.now() }]);

  const again = await world.buys({ domain: 'bakery.test' });
  expect((await world.service(again.serviceId)).username).not.toBe(username);
});

test('a panel without expiry dates has nothing to renew, and the service is due later', async () => {
  await renewService(world.ctx, { serviceId, paidUntil: '2026-03-15' });
  await world.drain();
  expect((await world.service(serviceId)).nextDueOn).toBe('2026-03-15');
  const renewal = (await world.operations(serviceId)).at(-1);
  expect((await world.steps(renewal?.id ?? ''))['Tell the panel that a period was paid']).toBe('skipped');
});

test('what the lifecycle does not know is refused, and changes nothing', async () => {
  await expect(unsuspendService(world.ctx, { serviceId })).rejects.toMatchObject({ code: 'service_active' });
  await terminateService(world.ctx, { serviceId, confirmDomain: 'bakery.test' });
  await expect(suspendService(world.ctx, { serviceId, cause: 'staff', reason: 'Late' })).rejects.toMatchObject({
    code: 'operation_unfinished',
  });
  await world.drain();
  await expect(suspendService(world.ctx, { serviceId, cause: 'staff', reason: 'Late' })).rejects.toMatchObject({
    code: 'service_terminated',
  });
  expect(await world.operations(serviceId)).toHaveLength(2);
});

test('two clicks are one operation', async () => {
  const wanted = { serviceId, cause: 'staff', reason: 'Asked for' } as const;
  const [first, second] = await Promise.all([suspendService(world.ctx, wanted), suspendService(world.ctx, wanted)]);
  expect(first.id).toBe(second.id);
  await world.drain();
  expect(world.panel.journal().filter(({ call }) => call === 'suspendacct')).toHaveLength(1);
});
