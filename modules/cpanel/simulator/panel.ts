/** Everything the simulated server remembers. Functions read and change it; nothing here knows HTTP or envelopes. */
import { type Random, randomText, seededRandom } from '@hostwright/sdk/testing/random';
import { StateFile, type Table } from '@hostwright/sdk/testing/state-file';
import { type Limits, limitsByPlace } from './limits.ts';
import { changedSettings, DEFAULT_SETTINGS, type WhmSettings, type WhmSimulatorOptions } from './settings.ts';
import type { Zone } from './zone.ts';

export interface Package {
  name: string;
  /** `root` or the reseller whose name prefixes it. */
  owner: string;
  limits: Limits;
}

export interface Account {
  user: string;
  domain: string;
  owner: string;
  plan: string;
  ip: string;
  email: string;
  uid: number;
  password: string;
  createdAtSeconds: number;
  language: string;
  limits: Limits;
  suspension: { reason: string; atSeconds: number; locked: boolean } | null;
  /** By full address. */
  mailboxes: Record<string, { password: string; quotaMb: number }>;
  /** Users with rights on it, by database name. */
  databases: Record<string, Record<string, string>>;
  /** Passwords by user name. */
  databaseUsers: Record<string, string>;
  diskUsedMb: number;
  bandwidthUsedMb: number;
}

export interface Token {
  name: string;
  owner: string;
  secret: string;
  /** `all` for everything the owner may do. */
  acl: string[];
  createdAtSeconds: number;
  expiresAtSeconds: number | null;
  /** Empty: from anywhere. */
  addresses: string[];
}

export interface Reseller {
  user: string;
  acl: string[];
  accountLimit: number | null;
}

/** An AutoSSL run; once `dueAtMs` of the wall clock has passed, the certificate is there unless a problem stood in its way. */
export interface AutosslRun {
  user: string;
  dueAtMs: number;
}

export interface Backup {
  session: string;
  user: string;
  directory: string;
  pollsLeft: number;
}

const PACKAGES_WHEN_NOT_GIVEN = ['starter', 'business', 'pro'];
const FIRST_UID = 1001;
const SHARED_IP = '203.0.113.20';

export class Panel {
  readonly accounts: Table<Account>;
  readonly packages: Table<Package>;
  readonly zones: Table<Zone>;
  readonly tokens: Table<Token>;
  readonly resellers: Table<Reseller>;
  readonly autosslRuns: Table<AutosslRun>;
  readonly backups: Table<Backup>;
  /** Domains of accounts that are half removed: still in the userdata. Value: the former user. */
  readonly leftovers: Table<{ domain: string; user: string }>;
  /** Groups without an account, left by a creation that broke off. */
  readonly groups: Table<{ name: string }>;
  /** What showbw still lists. */
  readonly removed: Table<Account>;
  /** The server's certificate and root's password among them. */
  readonly secrets: Table<string>;
  /** For chance inside the panel: error ids and which quirk an answer shows. */
  readonly random: Random;
  readonly sharedIp = SHARED_IP;
  readonly #file: StateFile;
  readonly #settings: Table<WhmSettings>;
  readonly #now: () => Date;
  readonly #userByDomain = new Map<string, string>();
  readonly #userByFirstEight = new Map<string, string>();
  #lastUid = FIRST_UID - 1;

  /** @throws Error when the state file is damaged. @throws TypeError when a switch is unknown. */
  static async open(options: WhmSimulatorOptions): Promise<Panel> {
    return new Panel(await StateFile.open(options.stateFile), options);
  }

  private constructor(file: StateFile, options: WhmSimulatorOptions) {
    this.#file = file;
    this.accounts = file.table('account');
    this.packages = file.table('package');
    this.zones = file.table('zone');
    this.tokens = file.table('token');
    this.resellers = file.table('reseller');
    this.autosslRuns = file.table('autossl_run');
    this.backups = file.table('backup');
    this.leftovers = file.table('leftover');
    this.groups = file.table('group');
    this.removed = file.table('removed_account');
    this.secrets = file.table('secret');
    this.#settings = file.table('settings');
    this.#now = options.now ?? (() => new Date());
    const seed = options.seed ?? 1;
    this.random = seededRandom(seed + 1);
    this.changeSettings({
      ...(options.locale === undefined ? {} : { locale: options.locale }),
      ...(options.maxAccounts === undefined ? {} : { licenceMaximum: options.maxAccounts }),
      ...(options.autosslSeconds === undefined ? {} : { autosslSeconds: options.autosslSeconds }),
      ...options.settings,
    });
    if (!this.packages.has('default')) this.#addPackages(options);
    if (this.tokens.size === 0) this.#addRoot(seed);
    for (const account of this.accounts.values()) this.#index(account);
    for (const { uid } of this.removed.values()) this.#lastUid = Math.max(this.#lastUid, uid);
  }

  get settings(): WhmSettings {
    return this.#settings.get('server') ?? DEFAULT_SETTINGS;
  }

  /** @throws TypeError naming the switch that does not exist or has another type. */
  changeSettings(change: unknown): void {
    this.#settings.set('server', changedSettings(this.settings, change));
  }

  nowSeconds(): number {
    return Math.floor(this.#now().getTime() / 1000) + this.settings.clockSkewSeconds;
  }

  nextUid(): number {
    return this.#lastUid + 1;
  }

  saveAccount(account: Account): void {
    const before = this.accounts.get(account.user);
    if (before !== undefined && before.domain !== account.domain) this.#userByDomain.delete(before.domain);
    this.accounts.set(account.user, account);
    this.#index(account);
  }

  removeAccount(account: Account): void {
    this.accounts.delete(account.user);
    this.#userByDomain.delete(account.domain);
    if (this.#userByFirstEight.get(firstEight(account.user)) === account.user) {
      this.#userByFirstEight.delete(firstEight(account.user));
    }
    this.removed.set(account.user, account);
  }

  accountOfDomain(domain: string): Account | undefined {
    const user = this.#userByDomain.get(domain);
    return user === undefined ? undefined : this.accounts.get(user);
  }

  accountWithFirstEight(user: string): string | undefined {
    return this.#userByFirstEight.get(firstEight(user));
  }

  /** Resolves when everything changed so far would survive a kill. */
  flush(): Promise<void> {
    return this.#file.flush();
  }

  #index(account: Account): void {
    this.#userByDomain.set(account.domain, account.user);
    this.#userByFirstEight.set(firstEight(account.user), account.user);
    this.#lastUid = Math.max(this.#lastUid, account.uid);
  }

  #addPackages({ packages = PACKAGES_WHEN_NOT_GIVEN, packageLimits = {} }: WhmSimulatorOptions): void {
    for (const [index, name] of ['default', ...packages.filter((name) => name !== 'default')].entries()) {
      this.packages.set(name, { name, owner: 'root', limits: { ...limitsByPlace(index), ...packageLimits[name] } });
    }
  }

  #addRoot(seed: number): void {
    const random = seededRandom(seed);
    const secret = randomText(random, 32, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
    this.secrets.set('root password', randomText(random, 20));
    const createdAtSeconds = this.nowSeconds();
    const token = { name: 'hostwright', owner: 'root', acl: ['all'], expiresAtSeconds: null, addresses: [] };
    this.tokens.set(secret, { ...token, secret, createdAtSeconds });
  }
}

const firstEight = (user: string) => user.slice(0, 8);
