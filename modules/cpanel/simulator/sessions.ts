/** Single sign-on: one-time URLs, and the pages a browser sees behind them. */
import { randomBytes, randomInt } from 'node:crypto';
import type { PanelReply } from '@hostwright/sdk/testing/panel-reply';
import type { ArrivedRequest } from '@hostwright/sdk/testing/panel-server';
import { checkOwner, type Outcome, type WhmCall } from './call.ts';
import { refuse } from './messages.ts';
import type { Panel } from './panel.ts';

interface Session {
  user: string;
  service: string;
  app: string;
  /** `/cpsess` and ten digits, the first part of every path of the session. */
  path: string;
  /** Set in the browser when the one-time URL is used; empty before. */
  cookie: string;
  lastSeenMs: number;
}

const SERVICES = ['cpaneld', 'webmaild', 'whostmgrd'];
const IDLE_SECONDS = 900;
const HOME = '/frontend/jupiter/index.html';

/** Sessions end with the process, as a restart of the real one ends most of them. */
export class Sessions {
  readonly #byPath = new Map<string, Session>();

  /** @param port of this simulator, which serves all of the real panel's ports */
  create(call: WhmCall, port: number): Outcome {
    const { parameters, panel } = call;
    const user = parameters.required('user');
    const service = parameters.required('service');
    if (!SERVICES.includes(service)) refuse('sessionService');
    this.#check(call, user, service);
    const path = `/cpsess${randomInt(1_000_000_000, 10_000_000_000)}`;
    const session = `${user}:${randomBytes(12).toString('hex')}`;
    const app = parameters.text('app') ?? '';
    this.#byPath.set(`${path} ${session}`, { user, service, app, path, cookie: '', lastSeenMs: Date.now() });
    // The real default is the server's own name, which for a simulator no browser can resolve.
    const host = parameters.text('preferred_domain') ?? '127.0.0.1';
    return {
      reason: 'Created session',
      data: {
        service,
        session,
        cp_security_token: path,
        expires: panel.nowSeconds() + IDLE_SECONDS,
        url: `https://${host}:${port}${path}/login/?session=${encodeURIComponent(session)}`,
      },
    };
  }

  /** What a browser gets for any path that is not the API's. */
  page(panel: Panel, request: ArrivedRequest): PanelReply {
    const path = /^\/cpsess\d{10}(?=\/)/.exec(request.path)?.[0];
    if (path === undefined) return loginPage(200);
    const key = `${path} ${request.query.get('session') ?? cookieOf(request)}`;
    const session = this.#byPath.get(key);
    if (session === undefined || Date.now() - session.lastSeenMs > IDLE_SECONDS * 1000) return loginPage(401);
    session.lastSeenMs = Date.now();
    if (request.path === `${path}/login/`) {
      this.#byPath.delete(key);
      return this.#logIn(session);
    }
    return homePage(panel, session);
  }

  #logIn(session: Session): PanelReply {
    const cookie = randomBytes(16).toString('hex');
    this.#byPath.set(`${session.path} ${cookie}`, { ...session, cookie });
    return {
      status: 303,
      headers: {
        location: `${session.path}${HOME}`,
        'set-cookie': `cpsession=${cookie}; Path=/; Secure; HttpOnly`,
        'content-type': 'text/html; charset=utf-8',
      },
      body: '',
      done: true,
    };
  }

  #check(call: WhmCall, user: string, service: string): void {
    const { panel, caller } = call;
    const name = service === 'webmaild' && user.includes('@') ? mailboxOwner(panel, user) : user;
    if (service === 'whostmgrd') {
      if (user !== 'root' && !panel.resellers.has(user)) refuse('sessionNotReseller', { user });
      if (user !== caller.user && !caller.seesAll) refuse('sessionDenied', { user });
      return;
    }
    const account = panel.accounts.get(name) ?? refuse('sessionAbsent', { user });
    checkOwner(call, account);
    if (account.suspension !== null) refuse('sessionSuspended', { user });
  }
}

function mailboxOwner(panel: Panel, email: string): string {
  const account = panel.accountOfDomain(email.split('@')[1] ?? '');
  return account?.mailboxes[email] === undefined ? refuse('sessionAbsent', { user: email }) : account.user;
}

const cookieOf = ({ headers }: ArrivedRequest) =>
  /(?:^|;\s*)cpsession=([0-9a-f]+)/.exec(headers.cookie ?? '')?.[1] ?? '';

const SERVICE_NAMES: Record<string, string> = { cpaneld: 'cPanel', webmaild: 'Webmail', whostmgrd: 'WHM' };

function homePage(panel: Panel, { user, service, app }: Session): PanelReply {
  const account = panel.accounts.get(user);
  const name = SERVICE_NAMES[service] ?? service;
  const facts = [
    ['User', user],
    ['Domain', account?.domain ?? ''],
    ['Package', account?.plan ?? ''],
    ['Opened at', app],
  ].filter(([, value]) => value !== '');
  const rows = facts.map(([label, value]) => `<dt>${label}</dt><dd>${escaped(value ?? '')}</dd>`).join('');
  return page(
    200,
    `${name} (simulated)`,
    `<p>You are logged in to ${name} as <b>${escaped(user)}</b>.</p><dl>${rows}</dl>
<p>This is a simulator. The real ${name} would stand here; what the shop asked of it is all there is.</p>`,
  );
}

/** Also what a client meets that talks to the wrong port. */
export function loginPage(status: 200 | 401): PanelReply {
  const note = status === 401 ? '<p>Your session has expired.</p>' : '';
  return page(status, 'cPanel Login', `${note}<form><label>Username <input name="user"></label></form>`);
}

function page(status: number, title: string, content: string): PanelReply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${content}</body></html>\n`,
    done: status === 200,
  };
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
