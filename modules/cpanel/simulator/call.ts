/** What a WHM function is given and gives back, and how its parameters are read. */
import type { FaultTarget } from '@hostwright/sdk/testing/simulator';
import type { Caller } from './access.ts';
import { type MessageName, refuse } from './messages.ts';
import type { Account, Panel } from './panel.ts';

export interface WhmCall {
  panel: Panel;
  caller: Caller;
  parameters: Parameters;
}

export interface Outcome {
  /** `OK` when not given. */
  reason?: string;
  data?: Record<string, unknown>;
  /** Log of the scripts that ran; may hold secrets, as the real one does. */
  raw?: string;
  messages?: string[];
  warnings?: string[];
  /** Further `metadata`, for example of paging. */
  metadata?: Record<string, unknown>;
  /** Sent as the whole body: functions without a v1 form answer so. */
  flat?: unknown;
}

export interface WhmFunction {
  /** The privilege a token needs; `all` when cPanel's chart names none. */
  acl: string;
  /** The contract's verb a fault reaches it by. */
  verb?: FaultTarget;
  /** @throws PanelRefusal with nothing changed. */
  run(call: WhmCall): Outcome;
  /** The list in `data` that paging, filters, sorting and columns work on. */
  list?: string;
}

export type WhmFunctions = Record<string, WhmFunction>;

export class Parameters {
  readonly #all: URLSearchParams;

  constructor(all: URLSearchParams) {
    this.#all = all;
  }

  names(): string[] {
    return [...new Set(this.#all.keys())];
  }

  /** Empty counts as not given. */
  text(name: string): string | undefined {
    return this.#all.get(name) || undefined;
  }

  /** @throws PanelRefusal naming the parameter. */
  required(name: string): string {
    return this.text(name) ?? refuse('parameterMissing', { name });
  }

  /** Only `1` is true: this panel knows no `true`. */
  flag(name: string): boolean {
    return this.#all.get(name) === '1';
  }

  /** Every value of a parameter that repeats, also as `name-0`, `name-1`. */
  every(name: string): string[] {
    const numbered = new RegExp(`^${name}(-\\d+)?$`);
    return [...this.#all].filter(([key]) => numbered.test(key)).map(([, value]) => value);
  }
}

/** @throws PanelRefusal when a reseller asks for an account of somebody else. */
export function checkOwner({ caller }: WhmCall, account: Account): void {
  if (caller.seesAll || account.owner === caller.user || account.user === caller.user) return;
  refuse('accountNotYours', { user: account.user });
}

/**
 * The account named by a parameter, if the caller may touch it.
 * @param absent what the function says when there is none
 */
export function ownAccount(call: WhmCall, user: string, absent: MessageName = 'userAbsent'): Account {
  const account = call.panel.accounts.get(user) ?? refuse(absent, { user });
  checkOwner(call, account);
  return account;
}
