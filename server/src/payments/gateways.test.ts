import { defineGateway, secret, text } from '@hostwright/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CARD, openShop, type Shop } from '../../test/shop.ts';
import { issueInvoice } from '../billing/issue-invoice.ts';
import { presentInvoice } from '../billing/present.ts';
import { MASK } from '../kit/declared-fields.ts';
import { enabledGateway } from './gateway-settings.ts';
import { listGateways, listPaymentMethods, readGateway } from './list-gateways.ts';
import { payInvoice } from './pay-invoice.ts';
import { writeGateway } from './write-gateway.ts';

const bank = defineGateway({
  sdk: 1,
  id: 'bank',
  name: 'Bank',
  settings: { account: text('Account', { default: 'AT1' }), token: secret('Token', { required: false }) },
  instructions: () => '',
});

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ gateways: [bank] });
});
afterAll(() => shop.close());

const write = (settings: Record<string, string>, enabled = true) =>
  writeGateway(shop.ctx, { gatewayId: 'bank', enabled, position: 9, settings });
const token = async () => (await enabledGateway(shop.ctx, 'bank')).settings.token;

test('a secret is sealed, shown masked, and kept when left blank', async () => {
  await write({ account: 'AT2', token: 's3cret' });
  const row = await shop.ctx.db
    .selectFrom('gatewaySetting')
    .selectAll()
    .where('gatewayId', '=', 'bank')
    .executeTakeFirst();
  const audit = await shop.ctx.db.selectFrom('audit').selectAll().where('action', '=', 'gateway.changed').execute();
  expect(JSON.stringify([row, audit], (_, value) => (typeof value === 'bigint' ? 0 : value))).not.toContain('s3cret');
  expect((await readGateway(shop.ctx, 'bank')).settings).toEqual({ account: 'AT2', token: MASK });
  for (const blank of ['', MASK]) {
    await write({ account: 'AT3', token: blank });
    expect(await token()).toBe('s3cret');
  }
  await write({ account: 'AT3', token: 'other' });
  expect(await token()).toBe('other');
});

test('a setting nobody declared is refused', async () => {
  await expect(write({ colour: 'red' })).rejects.toMatchObject({ issues: [{ path: 'settings.colour' }] });
});

test('customers see what is switched on, in order', async () => {
  await write({}, true);
  const ids = async () => (await listPaymentMethods(shop.ctx)).items.map(({ id }) => id);
  expect(await ids()).toEqual(['manual', 'test-card', 'bank']);
  await write({}, false);
  expect(await ids()).toEqual(['manual', 'test-card']);
  await expect(enabledGateway(shop.ctx, 'bank')).rejects.toMatchObject({ code: 'gateway_unavailable' });
});

const issueOne = (customerId: string) => {
  const work = { description: 'Work', quantity: 1, unitMinor: 1000n, amountMinor: 1000n };
  const lines = [{ kind: 'manual' as const, cause: { kind: 'staff', id: null }, ...work }];
  return shop.ctx.transaction((tx) => issueInvoice(tx, { customerId, lines }));
};

test('a gateway whose folder is gone is said to be gone, nobody can choose it, and its payments still show', async () => {
  const customerId = await shop.customer();
  const invoice = await issueOne(customerId);
  await payInvoice(shop.as(customerId), { customerId, invoiceId: invoice.id, gatewayId: 'test-card', payment: CARD });
  await shop.ctx.db.updateTable('payment').set({ gatewayId: 'demo-card' }).execute();
  await shop.ctx.db
    .insertInto('gatewaySetting')
    .values({
      gatewayId: 'demo-card',
      enabled: true,
      position: 0,
      settings: '{}',
      sealedSecrets: '{}',
      updatedAt: shop.clock.now(),
    })
    .execute();

  const { items, notLoaded } = await listGateways(shop.ctx);
  expect(items.map(({ id }) => id)).not.toContain('demo-card');
  expect(notLoaded).toEqual([{ folder: 'demo-card', reason: expect.stringContaining('its folder is gone') }]);
  expect((await listPaymentMethods(shop.ctx)).items.map(({ id }) => id)).not.toContain('demo-card');
  await expect(enabledGateway(shop.ctx, 'demo-card')).rejects.toMatchObject({ code: 'gateway_unavailable' });
  expect(await presentInvoice(shop.ctx, { invoiceId: invoice.id })).toMatchObject({
    state: 'paid',
    payments: [{ gatewayName: 'demo-card', state: 'settled' }],
  });
});
