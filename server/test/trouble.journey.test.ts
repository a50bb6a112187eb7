/** What goes wrong between us and a panel, and where each ends. */
import { afterEach, expect, test } from 'vitest';
import { readOperation } from '../src/operations/read-operations.ts';
import { resolveOperation } from '../src/operations/resolve-operation.ts';
import { retryOperation } from '../src/operations/retry-operation.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

let world: World;
afterEach(() => world.close());

const open = async (options: WorldOptions = {}) => {
  world = await createWorld({ now: '2026-01-15T09:00:00Z', ...options });
};
const operationOf = async (serviceId: string) => {
  const [operation] = await world.operations(serviceId);
  if (!operation) throw new Error('no operation');
  return operation;
};
const alerts = () =>
  world.app.db.selectFrom('alert').select(['kind', 'message', 'whatToDo']).where('resolvedAt', 'is', null).execute();
const creates = () => world.panels.flatMap((panel) => panel.journal()).filter(({ call }) => call === 'createacct');

test.each([
  'reset_after',
  'error_after',
  'cut',
] as const)('%s: an account made without an answer is found and adopted, not made again', async (kind) => {
  await open();
  world.panel.addFault({ on: 'create', kind, times: 1 });
  const bought = await world.buys();
  await world.travel({ minutes: 5 });
  expect(await world.service(bought.serviceId)).toMatchObject({ state: 'active' });
  expect(world.panel.accounts()).toHaveLength(1);
  expect(creates()).toHaveLength(1);
  expect(
    world.mailbox
      .messages()
      .filter(({ subject, to }) => to.includes(bought.customer.email) && /ready|welcome/i.test(subject)),
  ).toHaveLength(1);
});

test('while the panel cannot be asked, nothing is created', async () => {
  await open();
  world.panel.addFault({ on: 'create', kind: 'reset_after', times: 1 });
  const bought = await world.buys();
  expect(world.panel.accounts()).toHaveLength(1);

  world.panel.addFault({ on: 'find', kind: 'error_before' });
  for (let i = 0; i < 12; i++) await world.travel({ hours: 1 });
  expect(creates()).toHaveLength(1);
  expect((await world.service(bought.serviceId)).state).toBe('pending');
  const operation = await operationOf(bought.serviceId);
  expect(operation.state).not.toBe('done');

  world.panel.clearFaults();
  if (operation.state === 'needs_staff') await retryOperation(world.ctx, { operationId: operation.id });
  await world.travel({ hours: 2 });
  expect((await world.service(bought.serviceId)).state).toBe('active');
  expect(creates()).toHaveLength(1);
});

test('a name that is taken on the panel is left to its owner, and another one is used', async () => {
  await open();
  world.panel.addForeignAccount({ username: 'bakerytestrt', domain: 'somebody-else.test' });
  const bought = await world.buys({ domain: 'bakery.test' });
  const service = await world.service(bought.serviceId);
  expect(service.state).toBe('active');
  expect(service.username).not.toBe('bakerytestrt');
  expect(world.panel.account('bakerytestrt')?.domain).toBe('somebody-else.test');
});

test('a domain that belongs to somebody else needs staff, who can retry with another one', async () => {
  await open();
  world.panel.addForeignAccount({ username: 'somebody', domain: 'taken.test' });
  const bought = await world.buys({ domain: 'taken.test' });
  const operation = await operationOf(bought.serviceId);
  expect(operation).toMatchObject({ state: 'needs_staff', errorCode: 'domain_taken' });
  expect(await alerts()).toEqual([
    expect.objectContaining({ kind: 'operation_needs_staff', whatToDo: expect.stringContaining('another domain') }),
  ]);

  await retryOperation(world.ctx, { operationId: operation.id, domain: 'free.test' });
  await world.drain();
  expect(await world.service(bought.serviceId)).toMatchObject({ state: 'active', domain: 'free.test' });
  expect(await alerts()).toEqual([]);
});

test('giving an order up that cannot be made gives the money back as credit', async () => {
  await open();
  world.panel.addForeignAccount({ username: 'somebody', domain: 'taken.test' });
  const bought = await world.buys({ domain: 'taken.test' });
  const { id } = await operationOf(bought.serviceId);
  await resolveOperation(world.ctx, { operationId: id, how: 'give_up', note: 'The customer has it elsewhere' });
  expect((await world.service(bought.serviceId)).state).toBe('cancelled');
  expect(await world.credit(bought.customer.customerId)).toBe(500n);
  expect(await readOperation(world.ctx, id)).toMatchObject({
    state: 'failed',
    actorName: 'Carla',
    resolution: { how: 'give_up', note: 'The customer has it elsewhere' },
  });
  expect(await alerts()).toEqual([]);
});

test('a full group is no trouble any more once the last order that waits for it is given up', async () => {
  await open({ servers: [{ maxAccounts: 1 }] });
  await world.buys();
  const second = await world.buys({ domain: 'second.test' });
  const third = await world.buys({ domain: 'third.test' });
  for (const { serviceId } of [second, third]) {
    expect(await alerts()).toMatchObject([{ kind: 'no_capacity' }]);
    const { id } = await operationOf(serviceId);
    await resolveOperation(world.ctx, { operationId: id, how: 'give_up', note: 'No more servers' });
  }
  expect(await alerts()).toEqual([]);
});

test('an account that exists cannot be given up and forgotten', async () => {
  await open();
  world.panel.addFault({ on: 'create', kind: 'reset_after', times: 1 });
  const bought = await world.buys();
  world.panel.addFault({ on: 'find', kind: 'error_before' });
  for (let i = 0; i < 12; i++) await world.travel({ hours: 1 });
  const operation = await operationOf(bought.serviceId);
  world.panel.clearFaults();
  expect(['needs_staff', 'waiting']).toContain(operation.state);
  world.panel.addFault({ on: 'any', kind: 'reset_before', times: 1 });
  const giveUp = { operationId: operation.id, how: 'give_up', note: 'No patience' } as const;
  await expect(resolveOperation(world.ctx, giveUp)).rejects.toMatchObject({ code: 'panel_not_asked' });
  await expect(resolveOperation(world.ctx, giveUp)).rejects.toMatchObject({ code: 'account_exists' });

  await resolveOperation(world.ctx, { ...giveUp, how: 'mark_done', note: 'It is there' });
  await world.drain();
  expect((await world.service(bought.serviceId)).state).toBe('active');
  expect(world.panel.accounts()).toHaveLength(1);
});

test('a package that is missing on the server needs staff, and works once it is there', async () => {
  await open();
  const bought = await world.buys({ product: 'business' });
  expect((await world.service(bought.serviceId)).state).toBe('active');
  await world.app.db
    .updateTable('product')
    .set({ moduleSettings: JSON.stringify({ package: 'nowhere' }) })
    .where('id', '=', world.products.starter)
    .execute();
  const second = await world.buys();
  const operation = await operationOf(second.serviceId);
  expect(operation).toMatchObject({ state: 'needs_staff', errorCode: 'package_missing' });
  await world.app.db
    .updateTable('product')
    .set({ moduleSettings: JSON.stringify({ package: 'starter' }) })
    .where('id', '=', world.products.starter)
    .execute();
  await retryOperation(world.ctx, { operationId: operation.id });
  await world.drain();
  expect((await world.service(second.serviceId)).state).toBe('active');
});

test('a server that fills up between choice and call is left out, and the account is made on the other', async () => {
  await open({ servers: [{ licence: 1 }, {}] });
  world.panel.addForeignAccount({ username: 'somebody', domain: 'somebody.test' });
  const bought = await world.buys();
  expect(await world.service(bought.serviceId)).toMatchObject({ state: 'active', serverId: world.serverIds[1] });
  expect(world.panels[1]?.accounts()).toHaveLength(1);
});

test('while every server is down orders wait without spending attempts, and go on by themselves', async () => {
  await open();
  world.panel.addFault({ on: 'any', kind: 'reset_before' });
  const bought = await world.buys();
  for (let i = 0; i < 20; i++) await world.travel({ minutes: 10 });
  const waiting = await operationOf(bought.serviceId);
  expect(waiting).toMatchObject({ state: 'waiting', waitReason: 'server_unavailable' });
  expect(await alerts()).toEqual([expect.objectContaining({ kind: 'server_unavailable' })]);

  world.panel.clearFaults();
  await world.travel({ minutes: 15 });
  expect((await world.service(bought.serviceId)).state).toBe('active');
  expect(await alerts()).toEqual([]);
});

test('a refused token stops the server after one try and tells staff what to do', async () => {
  await open();
  await world.app.db
    .updateTable('server')
    .set({
      sealedSecrets: JSON.stringify({ token: world.app.keyring.seal('WRONGTOKEN', `server:${world.serverIds[0]}`) }),
    })
    .execute();
  const bought = await world.buys();
  await world.buys();
  expect(await operationOf(bought.serviceId)).toMatchObject({ state: 'waiting', waitReason: 'server_unavailable' });
  expect(await alerts()).toEqual([
    expect.objectContaining({ kind: 'server_unavailable', whatToDo: expect.stringContaining('token') }),
  ]);
  expect(world.panel.accounts()).toEqual([]);
});

test('a customer with one name, and an address the panel knows already, gets an account', async () => {
  await open();
  const customer = await world.customer({ firstName: 'Cher', lastName: '', email: 'cher@customer.test' });
  const first = await world.order(customer, { domain: 'one.test' });
  const second = await world.order(customer, { domain: 'two.test' });
  await world.drain();
  expect((await world.service(first.serviceId)).state).toBe('active');
  expect((await world.service(second.serviceId)).state).toBe('active');
});

test('a further step that fails does not undo the account: it is tried again on its own', async () => {
  await open();
  world.panel.addFault({ on: 'createMailbox', kind: 'error_before', times: 2 });
  const bought = await world.buys();
  const operation = await operationOf(bought.serviceId);
  expect((await world.service(bought.serviceId)).state).toBe('active');
  expect(operation.state).toBe('waiting');
  expect((await world.steps(operation.id)).Activate).toBe('done');
  await world.travel({ hours: 1 });
  await world.travel({ hours: 1 });
  expect((await operationOf(bought.serviceId)).state).toBe('done');
  expect((await world.steps(operation.id)).Mailbox).toBe('done');
  expect(await world.mails(bought.customer.email)).toEqual(['receipt', 'welcome', 'login_details']);
});

test('a half-done create leaves nothing behind that counts as an account, and needs staff', async () => {
  await open();
  world.panel.addFault({ on: 'create', kind: 'half_done', times: 1 });
  const bought = await world.buys();
  for (let i = 0; i < 4; i++) await world.travel({ hours: 1 });
  expect((await operationOf(bought.serviceId)).state).toBe('needs_staff');
  expect((await world.service(bought.serviceId)).state).toBe('pending');
  expect(world.panel.accounts()).toEqual([]);
});
