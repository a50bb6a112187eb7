/** Who is calling and what their token allows. */

import type { PanelReply } from '@hostwright/sdk/testing/panel-reply';
import type { ArrivedRequest } from '@hostwright/sdk/testing/panel-server';
import type { Panel } from './panel.ts';

export interface Caller {
  /** `root` or a reseller. */
  user: string;
  /** `all` for everything. */
  acl: ReadonlySet<string>;
  /** Root's tokens reach every account, however few functions they may call. */
  seesAll: boolean;
}

export type Admission = { caller: Caller } | { refused: PanelReply };

export const may = (caller: Caller, acl: string) => caller.acl.has('all') || caller.acl.has(acl);

/** Checks credentials and counts bad ones per address. */
export class Gate {
  readonly #panel: Panel;
  readonly #badTries = new Map<string, number>();
  readonly #shutOutUntilMs = new Map<string, number>();

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  admit(request: ArrivedRequest): Admission {
    const address = request.remoteAddress;
    if (this.shutOut(address)) return { refused: BLOCKED };
    const header = request.headers.authorization;
    if (header === undefined || header === '') return { refused: LOGIN_NEEDED };
    const caller = this.#callerOf(header, address);
    if (caller === undefined) {
      this.#countBadTry(address);
      return { refused: ACCESS_DENIED };
    }
    this.#badTries.delete(address);
    return { caller };
  }

  shutOut(address: string): boolean {
    const until = this.#shutOutUntilMs.get(address);
    return until !== undefined && until > Date.now();
  }

  /** @param ms wall-clock milliseconds from now */
  block(address: string, ms: number): PanelReply {
    if (ms > 0) this.#shutOutUntilMs.set(address, Date.now() + ms);
    return BLOCKED;
  }

  #countBadTry(address: string): void {
    const { lockoutAfter, lockoutSeconds } = this.#panel.settings;
    const tries = (this.#badTries.get(address) ?? 0) + 1;
    this.#badTries.set(address, tries);
    if (lockoutAfter > 0 && tries >= lockoutAfter) this.block(address, lockoutSeconds * 1000);
  }

  #callerOf(header: string, address: string): Caller | undefined {
    const [scheme = '', credentials = ''] = header.trim().split(/\s+/, 2);
    switch (scheme.toLowerCase()) {
      case 'whm':
        return this.#byToken(credentials, address);
      case 'basic':
        return this.#byPassword(Buffer.from(credentials, 'base64').toString('utf8'));
      default:
        return undefined;
    }
  }

  #byToken(credentials: string, address: string): Caller | undefined {
    const [user, secret = ''] = splitOnce(credentials);
    const token = this.#panel.tokens.get(secret);
    if (token === undefined || token.owner !== user) return undefined;
    if (token.expiresAtSeconds !== null && token.expiresAtSeconds <= this.#panel.nowSeconds()) return undefined;
    if (token.addresses.length > 0 && !token.addresses.includes(address)) return undefined;
    if (user === 'root') return { user, acl: new Set(token.acl), seesAll: true };
    const reseller = this.#panel.resellers.get(user);
    if (reseller === undefined) return undefined;
    const acl = token.acl.includes('all') ? reseller.acl : token.acl.filter((one) => reseller.acl.includes(one));
    return { user, acl: new Set(acl), seesAll: false };
  }

  #byPassword(credentials: string): Caller | undefined {
    const [user, password = ''] = splitOnce(credentials);
    if (user === 'root') {
      const known = this.#panel.secrets.get('root password') === password;
      return known ? { user, acl: new Set(['all']), seesAll: true } : undefined;
    }
    const reseller = this.#panel.resellers.get(user);
    if (reseller === undefined || this.#panel.accounts.get(user)?.password !== password) return undefined;
    return { user, acl: new Set(reseller.acl), seesAll: false };
  }
}

function splitOnce(text: string): [string, string?] {
  const colon = text.indexOf(':');
  return colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** As recorded of real servers: neither a v1 envelope nor a number in `result`. */
const ACCESS_DENIED: PanelReply = deniedWith('Access denied');
const BLOCKED: PanelReply = deniedWith('For security purposes, the system has temporarily blocked this IP address.');

function deniedWith(error: string): PanelReply {
  const cpanelresult = { apiversion: '2', error, data: { reason: error, result: '0' }, type: 'text' };
  return {
    status: 403,
    statusText: 'Forbidden Access denied',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ cpanelresult }),
    done: false,
  };
}

const LOGIN_NEEDED: PanelReply = {
  status: 401,
  headers: { 'content-type': 'text/html; charset=utf-8', 'www-authenticate': 'Basic realm="Web Host Manager"' },
  body: '<!DOCTYPE html><html><head><title>WHM Login</title></head><body>Log in</body></html>',
  done: false,
};
