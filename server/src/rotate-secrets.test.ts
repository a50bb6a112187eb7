import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, type World } from '../test/world.ts';
import { type Keyring, openKeyring } from './kit/secrets.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { columnName, holdsSecret, keyIdsInUse, SEALED_COLUMNS, sealedTexts } from './sealed-columns.ts';

let dataFolder: string;
let world: World;
beforeEach(async () => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'hostwright-rotate-'));
  world = await createWorld({ config: { key: undefined, dataFolder } });
});
afterEach(async () => {
  await world.close();
  rmSync(dataFolder, { recursive: true });
});

/** A shop with something in every sealed column. */
async function fill(): Promise<{ serviceId: string }> {
  const { serviceId } = await world.buys();
  const [operation] = await world.operations(serviceId);
  const operationId = operation?.id ?? '';
  await world.app.db
    .updateTable('operation')
    .set({ sealedParameters: world.app.keyring.seal('{}', `operation:${operationId}`) })
    .where('id', '=', operationId)
    .execute();
  await world.app.db
    .updateTable('gatewaySetting')
    .set({ sealedSecrets: JSON.stringify({ apiKey: world.app.keyring.seal('sk_1', 'gateway:manual') }) })
    .where('gatewayId', '=', 'manual')
    .execute();
  const { id: userId } = await world.app.db.selectFrom('loginUser').select('id').limit(1).executeTakeFirstOrThrow();
  await world.app.db
    .insertInto('twoFactor')
    .values({
      userId,
      sealedSecret: world.app.keyring.seal('of an app', `two_factor:${userId}`),
      createdAt: world.clock.now(),
    })
    .execute();
  await world.app.db
    .insertInto('setting')
    .values({
      key: 'session_secret',
      value: JSON.stringify(world.app.keyring.seal('cookies', 'session_secret')),
      updatedAt: world.clock.now(),
    })
    .execute();
  return { serviceId };
}

async function openEverything(keyring: Keyring): Promise<Record<string, number>> {
  const opened: Record<string, number> = {};
  for (const column of SEALED_COLUMNS) {
    const { rows } = await sql<{ key: string; sealed: string }>`
      select ${sql.ref(column.key)}::text as key, each.text as sealed
        from ${sql.table(column.table)}, lateral ${sealedTexts(column)} where ${holdsSecret(column)}`.execute(
      world.app.db,
    );
    for (const { key, sealed } of rows) keyring.open(sealed, column.context(key));
    opened[columnName(column)] = rows.length;
  }
  return opened;
}

function newestKeyOnly(): Keyring {
  const [newest = ''] = readFileSync(path.join(dataFolder, 'hostwright.key'), 'utf8').split('\n');
  return openKeyring({ given: newest, file: '' });
}

test('after a rotation every stored secret opens with only the new key', async () => {
  await fill();
  const before = world.app.keyring.currentKeyId;
  const rotation = await rotateSecrets(world.ctx, { addKey: true });

  expect(rotation).toMatchObject({ added: true, keyIdsInUse: [rotation.keyId] });
  expect(rotation.keyId).not.toBe(before);
  const opened = await openEverything(newestKeyOnly());
  for (const count of Object.values(opened)) expect(count).toBeGreaterThan(0);
  for (const count of Object.values(rotation.rewrapped)) expect(count).toBeGreaterThan(0);
});

test('a rotation that was cut short is finished by the next one, without a further key', async () => {
  const { serviceId } = await fill();
  const { sealedPassword } = await world.app.db
    .selectFrom('service')
    .select('sealedPassword')
    .where('id', '=', serviceId)
    .executeTakeFirstOrThrow();
  const setPassword = (text: string | null) =>
    world.app.db.updateTable('service').set({ sealedPassword: text }).where('id', '=', serviceId).execute();

  await setPassword(world.app.keyring.seal('x', 'service:another'));
  await expect(rotateSecrets(world.ctx, { addKey: true })).rejects.toThrow(
    `service.sealed_password of ${serviceId}: A stored secret was changed, or belongs to another record.`,
  );
  expect(await keyIdsInUse(world.app.db)).toHaveLength(2);

  await setPassword(sealedPassword);
  const finished = await rotateSecrets(world.ctx, { addKey: true });
  expect(finished).toMatchObject({ added: false, rewrapped: { 'server.sealed_secrets': 0 } });
  expect(finished.keyIdsInUse).toEqual([finished.keyId]);
  await openEverything(newestKeyOnly());
});

test('more rows than fit into one batch are all re-wrapped', async () => {
  const { keyring, db } = world.app;
  const { serviceId } = await world.buys();
  await db.deleteFrom('mail').execute();
  const ids = Array.from({ length: 450 }, (_, index) => `01980000-0000-7000-8000-${String(index).padStart(12, '0')}`);
  const mail = (id: string) => ({
    id,
    template: 'welcome',
    toAddress: 'a@customer.test',
    subject: 'Welcome',
    sealedBody: keyring.seal(id, `mail:${id}`),
    state: 'sent',
    idempotencyKey: id,
    correlationId: serviceId,
    createdAt: world.clock.now(),
  });
  await db.insertInto('mail').values(ids.map(mail)).execute();
  expect((await rotateSecrets(world.ctx, { addKey: true })).rewrapped).toMatchObject({ 'mail.sealed_body': 450 });
  expect((await openEverything(newestKeyOnly()))['mail.sealed_body']).toBe(450);
});

test('with keys from the environment none is made; values go to the newest one given', async () => {
  await fill();
  const { keyring } = world.app;
  const old = readFileSync(path.join(dataFolder, 'hostwright.key'), 'utf8');
  const given = `next:${Buffer.alloc(32, 7).toString('base64')},${old}`;
  Object.assign(world.app, { keyring: openKeyring({ given, file: '' }) });
  const rotation = await rotateSecrets(world.ctx, { addKey: false });
  expect(rotation).toMatchObject({ keyId: 'next', added: false, keyIdsInUse: ['next'] });
  Object.assign(world.app, { keyring });
});

test('every column called sealed is known to rotation', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and column_name like 'sealed%'`.execute(world.app.db);
  expect(SEALED_COLUMNS.map(columnName)).toEqual(expect.arrayContaining(rows.map(({ name }) => name)));
});
