/**
 * Who may call what: every endpoint of the API document, for every kind of caller, over HTTP against the real
 * handlers. The document's `x-access` says what must come out; a route that is not in it, or has no handler, fails.
 */
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openapiDocument } from '../src/http/openapi.ts';
import type { CustomerRole, StaffRole } from '../src/kit/actor.ts';
import type { Access } from '../src/kit/endpoint.ts';
import {
  CUSTOMER_ROLE_RIGHTS,
  CUSTOMER_SCOPES,
  type CustomerRight,
  impliedBy,
  PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
} from '../src/kit/permissions.ts';
import { readShopSettings, storeShopSettings } from '../src/staff/settings.ts';
import { type Door, openDoor, PASSWORD, type Person } from './door.ts';
import { foreignRows } from './foreign-rows.ts';
import { type JsonSchema, sampleOf } from './sample.ts';

interface Operation {
  'x-access'?: Access;
  'x-customer-right'?: CustomerRight;
  'x-in-person'?: true;
  'x-confirmed-email'?: true;
  'x-impersonation'?: true;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
}
interface Route {
  name: string;
  method: string;
  path: string;
  access: Access | undefined;
  right: CustomerRight | undefined;
  inPerson: boolean;
  confirmedEmail: boolean;
  impersonation: boolean;
  body: unknown;
}

const api = openapiDocument();
const named = (api.components?.schemas ?? {}) as Record<string, JsonSchema>;
const routes: Route[] = Object.entries(api.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, operation]) => {
    const schema = operation.requestBody?.content['application/json'].schema;
    return {
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      access: operation['x-access'],
      right: operation['x-customer-right'],
      inPerson: operation['x-access'] === 'session' || operation['x-in-person'] === true,
      confirmedEmail: operation['x-confirmed-email'] === true,
      impersonation: operation['x-impersonation'] === true,
      body: schema ? sampleOf(schema, named) : undefined,
    };
  }),
);
/** They change who asks. */
const LAST = ['DELETE /api/v1/impersonation', 'DELETE /api/v1/session'];
const isPermission = (access: Access | undefined): access is Permission =>
  (PERMISSIONS as readonly string[]).includes(access ?? '');

let door: Door;
let owner: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterAll(() => door.close());

test('every route says who may call it', () => {
  const known = (access: Access | undefined) =>
    isPermission(access) || ['public', 'session', 'customer'].includes(access ?? '');
  expect(routes.filter((route) => !known(route.access)).map((route) => route.name)).toEqual([]);
});

test('every route of the document is answered, and nothing below /api is answered that it does not name', () => {
  const answered = new Set(
    door.http.routes
      .filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL' && !path.startsWith('/api/docs'))
      .map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
  );
  answered.delete('GET /api/openapi.json');
  expect([...answered].sort()).toEqual(routes.map((route) => route.name).sort());
});

/** What somebody may do, as the status of a refusal; `undefined` when they are not refused. */
type Refusal = (route: Route) => 401 | 403 | undefined;

const visitor: Refusal = ({ access }) => (access === 'public' ? undefined : 401);
const customerWith =
  (rights: readonly CustomerRight[], may: (route: Route) => boolean): Refusal =>
  (route) => {
    if (route.access === 'public') return undefined;
    if (route.access !== 'session' && route.access !== 'customer') return 403;
    return may(route) && (route.right === undefined || rights.includes(route.right)) ? undefined : 403;
  };
const inPerson = () => true;
const byKey = (route: Route) => !route.inPerson;
const withPermissions =
  (permissions: readonly Permission[]): Refusal =>
  ({ access }) => {
    if (access === 'public' || access === 'session') return undefined;
    return isPermission(access) && permissions.includes(access) ? undefined : 403;
  };

describe.each<[string, () => Promise<Person>, Refusal]>([
  ['a visitor', async () => door.person(), visitor],
  ...(['owner', 'billing', 'technical'] as const).map((role): [string, () => Promise<Person>, Refusal] => [
    `a customer's user with the role ${role}`,
    () => customerUser(role),
    customerWith(CUSTOMER_ROLE_RIGHTS[role], inPerson),
  ]),
  ...(['portal', 'portal:billing', 'portal:technical'] as const).map(
    (scope): [string, () => Promise<Person>, Refusal] => [
      `a customer's key for ${scope}`,
      async () => keyOf(await door.customer(), [scope]),
      customerWith(CUSTOMER_SCOPES[scope], byKey),
    ],
  ),
  [
    'a customer who has not confirmed their address',
    () => door.unconfirmed(),
    customerWith(CUSTOMER_ROLE_RIGHTS.owner, (route) => !route.confirmedEmail),
  ],
  [
    'staff who act as a customer',
    async () => {
      const staff = await door.staff(owner, 'support');
      await staff.send('POST', `/api/v1/customers/${(await door.customer()).customerId}/impersonate`);
      return staff;
    },
    customerWith(CUSTOMER_ROLE_RIGHTS.owner, (route) => route.impersonation),
  ],
  [
    'staff who must set up a second factor first',
    async () => {
      const staff = await door.staff(owner, 'owner');
      await requireSecondFactor('required');
      return staff;
    },
    withPermissions([]),
  ],
  ...(Object.keys(ROLE_PERMISSIONS) as StaffRole[]).map((role): [string, () => Promise<Person>, Refusal] => [
    `staff with the role ${role}`,
    () => door.staff(owner, role),
    withPermissions(ROLE_PERMISSIONS[role]),
  ]),
])('%s', (_, arrive, refusal) => {
  afterAll(() => requireSecondFactor('off'));

  test('is let in and refused as every route says', async () => {
    const person = await arrive();
    const last = LAST.flatMap((name) => routes.filter((route) => route.name === name));
    const wrong: string[] = [];
    for (const route of [...routes.filter((candidate) => !last.includes(candidate)), ...last]) {
      const outcome = refusedOrNot(await call(person, route));
      const expected = refusal(route) ?? 'let in';
      if (outcome !== expected) wrong.push(`${route.name}: ${outcome} instead of ${expected}`);
    }
    expect(wrong).toEqual([]);
  });
});

test("an owner's key with exactly the scope is let in, and one with every other scope is not", async () => {
  const wrong: string[] = [];
  for (const permission of PERMISSIONS) {
    const exact = await keyOf(owner, [permission]);
    const others = await keyOf(
      owner,
      PERMISSIONS.filter((other) => !impliedBy(other).includes(permission)),
    );
    for (const route of routes.filter(({ access, inPerson }) => access === permission && !inPerson)) {
      if (refusedOrNot(await call(others, route)) !== 403) wrong.push(`${route.name} does without ${permission}`);
      // With a body that fits: nothing may be done first and refused then.
      const outcome = refusedOrNot(await call(exact, route, { body: route.body }));
      if (outcome !== 'let in') wrong.push(`${route.name} refuses ${permission}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("a customer's rows are there for itself and do not exist for another customer", async () => {
  const [mine, other] = [await door.customer(), await door.customer()];
  const rows = await foreignRows(door.app.db, mine.customerId, door.clock.now());
  const wrong: string[] = [];
  const own = routes.filter((route) => route.access === 'customer' && route.path.includes('{'));
  for (const route of own) {
    const noun = /^\/api\/v1\/portal\/([\w-]+)\//.exec(route.path)?.[1] ?? '';
    const id = rows[noun];
    if (id === undefined) {
      wrong.push(`${route.name}: foreign-rows.ts makes no ${noun}`);
      continue;
    }
    if (route.method === 'GET' && (await call(mine, route, { id })) !== 200)
      wrong.push(`${route.name}: not for its owner`);
    // Nothing may tell a row of somebody else from one that does not exist.
    const foreign = await call(other, route, { id, body: route.body });
    const absent = await call(other, route, { body: route.body });
    if (foreign !== absent || absent < 400)
      wrong.push(`${route.name}: ${foreign} for a foreign row, ${absent} for none`);
  }
  expect(own.length).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});

/**
 * The status of a call. Without a body of its own it sends an empty one: who is let in is told that it is wrong, and
 * nothing happens.
 */
function call(
  person: Person,
  route: Route,
  { id = uuidv7(), body }: { id?: string; body?: unknown } = {},
): Promise<number> {
  return person.status(
    route.method,
    route.path.replace(/\{\w+\}/g, id),
    body ?? (route.body === undefined ? undefined : {}),
  );
}

const refusedOrNot = (status: number) => (status === 401 || status === 403 ? status : 'let in');

/** Somebody whom a new customer invited, signed in. */
async function customerUser(role: CustomerRole): Promise<Person> {
  const customer = await door.customer();
  if (role === 'owner') return customer;
  const email = `${uuidv7()}@customer.test`;
  await customer.send('POST', '/api/v1/portal/invitations', { email, role });
  const token = new URL(String(door.mails.findLast(({ to }) => to === email)?.data.url)).searchParams.get('token');
  const user = door.person();
  await user.send('POST', '/api/v1/invitations/accept', { token, name: role, password: PASSWORD });
  return user;
}

async function requireSecondFactor(staffTwoFactor: 'off' | 'required'): Promise<void> {
  const settings = await readShopSettings(door.app.db);
  await storeShopSettings(door.app.db, { ...settings, staffTwoFactor }, door.clock.now());
}

async function keyOf(person: Person, scopes: string[]): Promise<Person> {
  const { body } = await person.send('POST', '/api/v1/api-keys', { name: 'key', scopes });
  return door.person({ key: body.token });
}
