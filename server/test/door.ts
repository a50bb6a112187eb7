/**
 * The HTTP door of a shop of its own, on a fresh database: requests go through every middleware to real handlers.
 * Mail is kept in a list instead of being rendered, so that a test can follow the links in it.
 */
import { uuidv7 } from 'uuidv7';
import { createHttp } from '../src/http/server.ts';
import type { MovableClock } from '../src/kit/clock.ts';
import { type App, type Context, createContext } from '../src/kit/context.ts';
import type { NewMail } from '../src/kit/outbox.ts';
import { createSetUpLink } from '../src/staff/create-set-up-link.ts';
import { testContext } from './context.ts';

export const PASSWORD = 'correct horse battery';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what was answered is what the test is about
  body: any;
  headers: Headers;
}

/** Somebody at a browser or with a key: cookies are kept from one request to the next. */
export interface Person {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The status alone, without waiting for the rest of an answer that may be a stream. */
  status(method: string, path: string, body?: unknown): Promise<number>;
  cookie(): string;
}

export type Customer = Person & { customerId: string; email: string };

export interface Door {
  app: App;
  /** Acts as the system. */
  ctx: Context;
  clock: MovableClock;
  mails: NewMail[];
  http: ReturnType<typeof createHttp>;
  person(as?: { key?: string; address?: string }): Person;
  /** The first owner, signed in. */
  owner(): Promise<Person>;
  /** A new customer with a confirmed address, signed in. */
  customer(email?: string): Promise<Customer>;
  /** A new customer who has not followed the link to confirm the address yet, signed in. */
  unconfirmed(email?: string): Promise<Customer>;
  /** A member of staff with a role, signed in. */
  staff(owner: Person, role: string): Promise<Person & { userId: string; email: string }>;
  close(): Promise<void>;
}

export async function openDoor(options: { publicUrl?: string; webFolder?: string } = {}): Promise<Door> {
  const mails: NewMail[] = [];
  const context = await testContext({
    now: '2026-03-01T12:00:00Z',
    config: { trustProxy: true, publicUrl: options.publicUrl },
    app: {
      outbox: {
        queue: async (_tx, mail) => {
          mails.push(mail);
          return uuidv7();
        },
      },
    },
  });
  const { app, clock } = context;
  const http = createHttp(app, { webFolder: options.webFolder ?? '/nonexistent' });
  const person: Door['person'] = (as = {}) => createPerson(http, as);
  const signUp = {
    email: 'owner@shop.test',
    password: PASSWORD,
    name: 'Olga Owner',
    shopName: 'Shop',
    currency: 'EUR',
  };
  const unconfirmed: Door['unconfirmed'] = async (email = `${uuidv7()}@customer.test`) => {
    const customer = person({ address: freshAddress() });
    const { body } = expectStatus(
      await customer.send('POST', '/api/v1/sign-up', { email, password: PASSWORD, firstName: 'Carla' }),
      201,
    );
    return { ...customer, customerId: body.customerId, email };
  };
  return {
    app,
    ctx: createContext(app, { kind: 'system', name: 'test' }),
    clock,
    mails,
    http,
    person,
    async owner() {
      const owner = person();
      const token = await createSetUpLink(createContext(app, { kind: 'system', name: 'test' }));
      expectStatus(await owner.send('POST', '/api/v1/set-up', { token, ...signUp }), 201);
      return owner;
    },
    async customer(email) {
      const customer = await unconfirmed(email);
      const token = new URL(String(mails.findLast(({ to }) => to === customer.email)?.data.url)).searchParams.get(
        'token',
      );
      expectStatus(await customer.send('POST', '/api/v1/confirm-email', { token }), 200);
      return customer;
    },
    unconfirmed,
    async staff(owner, role) {
      const email = `${uuidv7()}@staff.test`;
      const { body } = expectStatus(
        await owner.send('POST', '/api/v1/staff', { email, password: PASSWORD, name: `The ${role}`, role }),
        201,
      );
      const member = person({ address: freshAddress() });
      expectStatus(await member.send('POST', '/api/v1/session', { email, password: PASSWORD }), 200);
      return { ...member, userId: body.userId, email };
    },
    close: () => context.close(),
  };
}

function createPerson(
  http: ReturnType<typeof createHttp>,
  { key, address = '192.0.2.1' }: { key?: string; address?: string },
) {
  const cookies = new Map<string, string>();
  const request = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await http.request(path, {
      method,
      headers: {
        'x-forwarded-for': address,
        ...(cookies.size > 0 ? { cookie: cookieText(cookies) } : {}),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const send: Person['send'] = async (...sent) => {
    const response = await request(...sent);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
  };
  return {
    send,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    async status(method: string, path: string, body?: unknown) {
      const response = await request(method, path, body);
      await response.body?.cancel();
      return response.status;
    },
    cookie: () => cookieText(cookies),
  };
}

const cookieText = (cookies: Map<string, string>) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status)
    throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

let addresses = 0;
/** Attempts are counted by address: people do not share one here. */
function freshAddress(): string {
  addresses += 1;
  return `198.51.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
}
