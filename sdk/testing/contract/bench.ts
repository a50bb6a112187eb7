/** What every test of the contract suite starts from: a fresh simulated panel and a module that talks to it. */
import { expect } from 'vitest';
import {
  type Account,
  type AccountRef,
  type absent,
  type Fields,
  fieldsSchema,
  ModuleFailure,
  type PanelExchange,
  type Values,
  type WantedAccount,
} from '../../src/index.ts';
import { type AnyModule, callFor, type HarnessOptions } from '../harness.ts';
import type { PanelSimulator, SimulatorOptions, StartSimulator } from '../simulator.ts';

export interface Contract {
  module: AnyModule;
  start: StartSimulator;
  /** Values of the module's `server` fields beside the simulator's credentials. */
  serverValues?: Record<string, unknown>;
  /** Values of the module's `product` fields; its package must exist on a fresh simulator. */
  product: Record<string, unknown>;
  /** The same with another package that exists. */
  changedProduct: Record<string, unknown>;
  /** Values of the module's `order` fields. */
  order?: Record<string, unknown>;
}

export class Bench {
  readonly module: AnyModule;
  readonly simulator: PanelSimulator;
  readonly product: Values<Fields>;
  readonly changedProduct: Values<Fields>;
  readonly order: Values<Fields>;
  /** Everything sent and answered, secrets included. */
  readonly exchanges: PanelExchange[] = [];
  readonly #serverValues: Record<string, unknown> | undefined;
  #made = 0;

  constructor(contract: Contract, simulator: PanelSimulator) {
    this.module = contract.module;
    this.simulator = simulator;
    this.product = parsed(contract.module.product, contract.product);
    this.changedProduct = parsed(contract.module.product, contract.changedProduct);
    this.order = parsed(contract.module.order ?? {}, contract.order ?? {});
    this.#serverValues = contract.serverValues;
  }

  call(options: HarnessOptions = {}) {
    return callFor(this.module, this.simulator, {
      record: (exchange) => this.exchanges.push(exchange),
      ...options,
      serverValues: { ...this.#serverValues, ...options.serverValues },
    });
  }

  /** A customer's account, another one on every call. */
  wanted(overrides: Partial<WantedAccount> = {}): WantedAccount {
    this.#made += 1;
    return {
      reference: `0198c0de-0000-7000-8000-00000000000${this.#made}`,
      username: `hwacme${this.#made}`,
      domain: `acme${this.#made}.example`,
      password: `Kp7-Zr4_Wm2.Tx9-Lq5${this.#made}`,
      owner: { email: 'ops@acme.example', firstName: 'Ada', lastName: 'Acme', company: 'Acme', locale: 'en' },
      intendedAt: new Date(),
      ...overrides,
    };
  }

  create(wanted: WantedAccount, options?: HarnessOptions & { product?: Values<Fields> }): Promise<Account> {
    const product = options?.product ?? this.product;
    return this.module.create({ ...this.call(options), product, order: this.order, wanted });
  }

  find(account: AccountRef, options?: HarnessOptions): Promise<Account | typeof absent> {
    return this.module.find({ ...this.call(options), account });
  }

  /** An account that stands, as the engine knows it afterwards. */
  async standing(): Promise<AccountRef> {
    const wanted = this.wanted();
    const account = await this.create(wanted);
    return { ...unconfirmed(wanted), remoteId: account.remoteId };
  }

  /**
   * Run an attempt with the patience of an engine that gives up while the panel hangs: as soon as the panel has done the
   * work and keeps its answer back. Other faults end an attempt by themselves.
   */
  async patiently<T>(attempt: (options: HarnessOptions) => Promise<T>): Promise<T> {
    const before = this.simulator.journal().length;
    const patience = new AbortController();
    const hangs = () =>
      this.simulator
        .journal()
        .slice(before)
        .some((entry) => entry.fault === 'hang_after' && entry.done);
    const watch = setInterval(() => hangs() && patience.abort(), 10);
    try {
      return await attempt({ signal: patience.signal });
    } finally {
      clearInterval(watch);
    }
  }

  /** The account as the panel holds it. @throws when there is not exactly one of that name */
  held(account: { username: string }) {
    const found = this.simulator.accounts().filter(({ username }) => username === account.username);
    expect(found, `accounts named ${account.username} on the panel`).toHaveLength(1);
    const [only] = found;
    if (only === undefined) throw new RangeError(`No account ${account.username}`);
    return only;
  }

  /** A product whose package does not exist; `undefined` when the module's products have no package. */
  productWithoutPackage(): Values<Fields> | undefined {
    const name = Object.entries(this.module.product).find(([, field]) => field.choicesFrom === 'listPackages')?.[0];
    return name === undefined ? undefined : { ...this.product, [name]: 'no-such-package' };
  }
}

/** The account before anybody knows whether it was made. */
export const unconfirmed = ({ reference, username, domain }: WantedAccount): AccountRef => ({
  reference,
  username,
  domain,
});

/** Run a test body on a fresh panel and close the panel whatever happens. */
export function onPanel(contract: Contract, run: (bench: Bench) => Promise<void>, options?: SimulatorOptions) {
  return async () => {
    const simulator = await contract.start(options);
    try {
      await run(new Bench(contract, simulator));
    } finally {
      await simulator.close();
    }
  };
}

/** The failure an attempt ended with. A success, or an error that is no failure of the contract, fails the test. */
export async function failureOf(attempt: Promise<unknown>): Promise<ModuleFailure> {
  const failure = await outcomeOf(attempt);
  if (failure === undefined) return expect.fail('it succeeded, and should have failed');
  return failure;
}

/** `undefined` when the attempt succeeded. An error that is no failure of the contract fails the test. */
export async function outcomeOf(attempt: Promise<unknown>): Promise<ModuleFailure | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    if (error instanceof ModuleFailure) return error;
    throw error;
  }
}

/** Definitely not done, with this code. */
export async function expectRefusal(attempt: Promise<unknown>, codes: string | string[]): Promise<void> {
  const failure = await failureOf(attempt);
  const shown = `${failure.name} ${failure.code}: ${failure.message} (${failure.detail})`;
  expect([codes].flat(), shown).toContain(failure.code);
  expect(failure.kind, shown).not.toBe('unknown');
}

const parsed = (fields: Fields, values: Record<string, unknown>) =>
  fieldsSchema(fields).parse(values) as Values<Fields>;
