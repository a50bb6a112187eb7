/** Secrets that were planted are looked for everywhere a person or a program may read. */
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { changePassword } from '../src/hosting/change-password.ts';
import { openapiDocument } from '../src/http/openapi.ts';
import { createHttp } from '../src/http/server.ts';
import { createSetUpLink } from '../src/staff/create-set-up-link.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(() => world.close());

const OWNER_PASSWORD = 'planted-owner-password-77';
const NEW_PASSWORD = 'Planted-by-staff-77';

test('credentials and passwords are nowhere in tables, logs, jobs and answers; the welcome mail alone carries them', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  world = await createWorld({ log });
  // Trouble makes people write things down: failures and their details must be as clean as successes.
  world.panel.addFault({ on: 'create', kind: 'error_after', times: 1 });
  world.panel.addFault({ on: 'createMailbox', kind: 'refuse', times: 1 });
  const bought = await world.buys();
  await world.travel({ hours: 1 });
  await world.travel({ hours: 1 });
  const service = await world.service(bought.serviceId);
  const firstPassword = world.panel.account(service.username ?? '')?.password ?? '';
  await changePassword(world.ctx, { serviceId: bought.serviceId, password: NEW_PASSWORD });
  await world.drain();
  expect(world.panel.account(service.username ?? '')?.password).toBe(NEW_PASSWORD);

  const welcome = world.mailbox.messages().find(({ text }) => text.includes(firstPassword));
  const inMail = [...(welcome?.text ?? '').matchAll(/[pP]assword:?\s+(\S{12,})/g)].map((match) => match[1] ?? '');
  expect(inMail).toContain(firstPassword);
  expect(inMail.length).toBeGreaterThan(1);
  const secrets = {
    token: String(world.panel.credentials.token),
    NEW_PASSWORD,
    OWNER_PASSWORD,
    ...Object.fromEntries(inMail.map((value, index) => [`welcome ${index}`, value])),
  };

  const places: Record<string, string> = { ...(await tables()), ...(await answers()), log: lines.join('') };
  for (const [place, text] of Object.entries(places)) {
    for (const [name, secret] of Object.entries(secrets))
      expect(text.includes(secret), `${name} in ${place}`).toBe(false);
  }
  expect(places['table provisioning_log']).toContain('createacct');
  expect(lines.length).toBeGreaterThan(0);
});

/** Every table as text, jobs included. */
async function tables(): Promise<Record<string, string>> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`.execute(world.app.db);
  const texts: Record<string, string> = {};
  for (const { schema, name } of rows) {
    const { rows: found } = await sql<{
      text: string;
    }>`select t::text as text from ${sql.table(`${schema}.${name}`)} t`.execute(world.app.db);
    texts[`table ${name}`] = found.map(({ text }) => text).join('\n');
  }
  return texts;
}

/** Every GET of the API that an owner may ask, for every id there is. */
async function answers(): Promise<Record<string, string>> {
  const http = createHttp(world.app, { webFolder: '/nonexistent' });
  const headers = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown) =>
    http.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  const token = await createSetUpLink(world.ctx);
  const owner = { email: 'owner@shop.test', password: OWNER_PASSWORD };
  await post('/api/v1/set-up', { token, ...owner, name: 'Olga', shopName: 'Shop', currency: 'USD' });
  const signedIn = await post('/api/v1/session', owner);
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const ids = await everyId();
  const texts: Record<string, string> = {};
  let answered = 0;
  for (const [path, methods] of Object.entries(openapiDocument().paths ?? {})) {
    if (!methods?.get || path.endsWith('/progress')) continue;
    for (const id of path.includes('{id}') ? ids : ['']) {
      const response = await http.request(path.replace('{id}', id), { headers: { cookie } });
      if (response.status === 200) answered += 1;
      texts[`GET ${path}`] = `${texts[`GET ${path}`] ?? ''}\n${await response.text()}`;
    }
  }
  expect(answered).toBeGreaterThan(30);
  return texts;
}

async function everyId(): Promise<string[]> {
  const named = ['service', 'order', 'invoice', 'operation', 'mail', 'server', 'customer', 'product', 'server_group'];
  const { rows } = await sql<{ id: string }>`${sql.join(
    named.map((name) => sql`select id from ${sql.table(name)}`),
    sql` union all `,
  )}
    union all select id from provisioning_log`.execute(world.app.db);
  return rows.map(({ id }) => id);
}
