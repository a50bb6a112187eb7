import { defineGateway, secret, text } from '@hostwright/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../../test/shop.ts';
import { MASK } from '../kit/declared-fields.ts';
import { enabledGateway } from './gateway-settings.ts';
import { listPaymentMethods, readGateway } from './list-gateways.ts';
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
  expect(await ids()).toEqual(['manual', 'demo-card', 'bank']);
  await write({}, false);
  expect(await ids()).toEqual(['manual', 'demo-card']);
  await expect(enabledGateway(shop.ctx, 'bank')).rejects.toMatchObject({ code: 'gateway_unavailable' });
});

test('outside a demo shop a demo gateway cannot be switched on, nor used when it was', async () => {
  shop.app.config.demo = false;
  const settings = { folder: '/tmp' };
  const on = writeGateway(shop.ctx, { gatewayId: 'demo-card', enabled: true, position: 0, settings });
  await expect(on).rejects.toMatchObject({ code: 'demo_only' });
  await expect(enabledGateway(shop.ctx, 'demo-card')).rejects.toMatchObject({ code: 'gateway_unavailable' });
  expect((await listPaymentMethods(shop.ctx)).items.map(({ id }) => id)).toEqual(['manual']);
  shop.app.config.demo = true;
});
