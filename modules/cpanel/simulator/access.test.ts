/** Credentials, privileges and whose accounts a caller sees. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSimulator, type WhmSimulator } from '../simulator.ts';
import { call, post, send } from './raw-client.ts';

const PASSWORD = 'Correct-Horse-7-Battery';
let whm: WhmSimulator;
beforeEach(async () => {
  whm = await startSimulator();
});
afterEach(() => whm.close());

test('wrong credentials are refused outside the envelope, and missing ones by a page', async () => {
  for (const wrong of ['whm root:WRONG', 'whm acme:WRONG', 'Bearer x', 'Basic cm9vdDp4']) {
    const answer = await post(whm, 'version', { 'api.version': '1' }, wrong);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ cpanelresult: { error: 'Access denied', data: { result: '0' } } });
  }
  const missing = await send(whm.port, '/json-api/version');
  expect(missing.status).toBe(401);
  expect(missing.text).toContain('<html>');
});

test('the scheme may be written in any case', async () => {
  const { username, token } = whm.credentials;
  expect((await call(whm, 'version', {}, `WHM ${username}:${token}`)).metadata.result).toBe(1);
});

test('a token made with few privileges may call only those, and lists them', async () => {
  const form: [string, string][] = [
    ['token_name', 'shop'],
    ['acl', 'basic-whm-functions'],
    ['acl', 'acct-summary'],
  ];
  const made = await call(whm, 'api_token_create', form);
  const shop = `whm root:${made.data?.token}`;
  const refused = await call(whm, 'createacct', { username: 'acme', domain: 'acme.example' }, shop);
  expect(refused.metadata.reason).toContain('Permission denied');
  const apps = (await call(whm, 'applist', {}, shop)).data?.app;
  expect(apps).toContain('accountsummary');
  expect(apps).not.toContain('createacct');
  expect((await call(whm, 'myprivs', {}, shop)).data?.privileges).toMatchObject([{ all: 0, 'acct-summary': 1 }]);
  await call(whm, 'api_token_revoke', { token_name: 'shop' });
  expect((await post(whm, 'applist', {}, shop)).status).toBe(403);
});

test('an expired token and one of another address are refused', async () => {
  const past = await call(whm, 'api_token_create', { token_name: 'past', expires_at: '1000' });
  expect((await post(whm, 'version', {}, `whm root:${past.data?.token}`)).status).toBe(403);
  const far = await call(whm, 'api_token_create', { token_name: 'far', whitelist_ip: '198.51.100.1' });
  expect((await post(whm, 'version', {}, `whm root:${far.data?.token}`)).status).toBe(403);
});

test('too many bad tries shut the address out for a while, good credentials included', async () => {
  whm.changeSettings({ lockoutAfter: 2, lockoutSeconds: 0.2 });
  await post(whm, 'version', {}, 'whm root:WRONG');
  await post(whm, 'version', {}, 'whm root:WRONG');
  expect((await post(whm, 'version')).status).toBe(403);
  await expect.poll(async () => (await post(whm, 'version')).status).toBe(200);
});

test('a reseller sees its own accounts only, yet names of others are taken', async () => {
  const create = (username: string, authorization?: string) =>
    call(whm, 'createacct', { username, domain: `${username}.example`, password: PASSWORD }, authorization);
  await create('seller');
  await create('other');
  await call(whm, 'setupreseller', { user: 'seller', makeowner: '1' });
  const seller = `Basic ${Buffer.from(`seller:${PASSWORD}`).toString('base64')}`;
  await create('client1', seller);
  const listed = await call(whm, 'listaccts', { want: 'user,owner' }, seller);
  expect(listed.data?.acct).toEqual([
    { user: 'seller', owner: 'seller' },
    { user: 'client1', owner: 'seller' },
  ]);
  const foreign = await call(whm, 'suspendacct', { user: 'other' }, seller);
  expect(foreign.metadata.reason).toContain('You do not have access to an account named “other”.');
  expect((await create('other', seller)).metadata.reason).toContain('already has an account named “other”');
  const rootsPackage = { username: 'c2', domain: 'c2.example', password: PASSWORD, plan: 'starter' };
  expect((await call(whm, 'createacct', rootsPackage, seller)).metadata.reason).toContain('do not have access');

  await call(whm, 'suspendacct', { user: 'client1', disallowun: '1' });
  const locked = await call(whm, 'unsuspendacct', { user: 'client1' }, seller);
  expect(locked.metadata.reason).toContain('allowed to unsuspend');

  await call(whm, 'setresellerlimits', { user: 'seller', enable_account_limit: '1', account_limit: '2' });
  expect((await create('client2', seller)).metadata.reason).toContain('account limit');
  await call(whm, 'setacls', { reseller: 'seller' });
  expect((await call(whm, 'listaccts', {}, seller)).metadata.reason).toContain('Permission denied');
});
