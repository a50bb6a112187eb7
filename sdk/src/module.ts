/**
 * The contract of a panel module. What a module can do is which functions it defines; the engine and the UI read that.
 * A module touches no database and keeps no state: everything it needs comes in, everything it learnt goes out.
 */
import type { Fields, Values } from './fields.ts';
import type { PanelHttp, TlsPolicy } from './http.ts';

export const SDK_VERSION = 1;

/** Where the panel is. The values of the module's own `server` fields stand beside these names. */
export interface ServerAddress {
  /** Our id of the server; empty while its form is not saved yet. */
  id: string;
  /** Host name or IP address, without scheme or port. */
  hostname: string;
  port: number;
  tls: TlsPolicy;
  /** Nameservers customers are told to use; may be empty. */
  nameservers: string[];
}

export type ServerOf<S extends Fields> = ServerAddress & Values<S>;

/** Who the account is for. Names may be empty: people with one name exist. */
export interface AccountOwner {
  email: string;
  firstName: string;
  lastName: string;
  company: string;
  /** BCP 47, `en` when unknown. */
  locale: string;
}

/** The account as intended: stored before the panel is called, and the same on every try. */
export interface WantedAccount {
  /** Our reference, unique for ever: the service's id. */
  reference: string;
  username: string;
  /** Lower-case, in A-labels (punycode), without `www.`. */
  domain: string;
  password: string;
  owner: AccountOwner;
  /** When the intent was stored. An account the panel dates before this is not ours. */
  intendedAt: Date;
}

/** An account as the panel describes it. */
export interface Account {
  /** The panel's own key of the account. */
  remoteId: string;
  username: string;
  domain: string;
  package: string;
  suspended: boolean;
  /** The panel's words, empty when not suspended or not told. */
  suspendReason: string;
  ip?: string;
  createdAt?: Date;
  nameservers?: string[];
  /** Whatever else the module needs to find again; stored with the service, never secret. */
  data?: Record<string, string | number | boolean | null>;
}

export const absent = 'absent' as const;

/** Which account is meant. `remoteId` is known once an account was created. */
export interface AccountRef {
  reference: string;
  remoteId?: string;
  username: string;
  domain: string;
}

/** What every function is given. */
export interface Call<S extends Fields> {
  server: ServerOf<S>;
  /** Bound to the server's address and TLS mode; everything sent through it is recorded, secrets struck out. */
  http: PanelHttp;
  /** Aborted when the engine gives up waiting. */
  signal: AbortSignal;
}

export interface ConnectionReport {
  /** Panel and version, for example `cPanel & WHM 11.136.0.5`. */
  version: string;
  hostname?: string;
  /** Whether everything `required` below is allowed. */
  ok: boolean;
  privileges: { name: string; allowed: boolean; neededFor: string; required: boolean }[];
  packages: string[];
  nameservers?: string[];
  warnings: string[];
}

export interface PackageInfo {
  /** Exactly as the panel wants it back. */
  name: string;
  label: string;
  /** `null` is unlimited, missing is unknown. */
  diskMb?: number | null;
  bandwidthMb?: number | null;
}

export interface AccountUsage {
  username: string;
  /** Missing when the panel did not say; limits are `null` when unlimited. */
  diskUsedMb?: number;
  diskLimitMb?: number | null;
  bandwidthUsedMb?: number;
  bandwidthLimitMb?: number | null;
}

/** `name` is relative to the zone, `@` for the zone itself. */
export interface DnsRecord {
  name: string;
  type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT';
  value: string;
  ttlSeconds: number;
  /** MX only. */
  priority?: number;
}

/** A placeholder the module replaces in a record's value: the account's IP address. */
export const ACCOUNT_IP = '{account.ip}';

export interface CertificateState {
  /** `pending`: asked for and not issued yet; the engine asks again later. */
  state: 'installed' | 'pending';
  detail?: string;
  expiresAt?: Date;
}

export interface DatabaseCreated {
  database: string;
  user: string;
  host: string;
  port: number;
}

export interface UsernameRules {
  maxLength: number;
  /** Names the panel keeps for itself. */
  reserved: string[];
  /** A regular expression the whole name must match. */
  pattern: string;
  /** Prefixes the panel refuses, for example `test`. */
  refusedPrefixes?: string[];
  /** Suffixes the panel refuses, for example `assword`. */
  refusedSuffixes?: string[];
}

export interface PasswordRules {
  length: number;
  /** Characters besides letters and digits that survive this panel's forms and shells. */
  symbols: string;
}

export interface RetryRules {
  /** Tries before a person is asked; 5 when not given. */
  attempts?: number;
  /** First wait in seconds, then doubled with jitter; 60 when not given. */
  firstRetrySeconds?: number;
  /** How long one call of this function may take. */
  timeoutSeconds?: number;
}

export interface ModuleDefinition<S extends Fields = Fields, P extends Fields = Fields, O extends Fields = Fields> {
  /** The contract version this module was written against. */
  sdk: number;
  /** Equals the folder name; stored on every server that uses the module. */
  id: string;
  name: string;
  description?: string;
  /** The panel's usual port. */
  defaultPort: number;
  /** Calls that write, at once, on one server; the default of the server's cap. */
  defaultConcurrency?: number;
  /** Credentials and connection settings of a server. Names of `ServerAddress` are taken. */
  server: S;
  /** What staff set per product. An option whose code equals one of these names overrides it. */
  product: P;
  /** What the customer answers when ordering, the domain aside. */
  order?: O;
  usernames: UsernameRules;
  passwords?: PasswordRules;
  retries?: Partial<Record<OperationName | StepFunctionName, RetryRules>>;

  /** Works on unsaved values. Reports what is missing instead of throwing, unless the panel cannot be asked at all. */
  testConnection(call: Call<S>): Promise<ConnectionReport>;
  /** `absent` only when the panel said so; anything less certain is thrown. */
  find(call: Call<S> & { account: AccountRef }): Promise<Account | typeof absent>;
  /**
   * Make the account, or return it when it is there already and provably ours. Safe to run twice.
   * @throws Refused, Retry, NeedsStaff: nothing was made. @throws Unknown: the engine looks before trying again.
   */
  create(call: Call<S> & { product: Values<P>; order: Values<O>; wanted: WantedAccount }): Promise<Account>;
  suspend?(call: Call<S> & { account: AccountRef; reason: string }): Promise<void>;
  unsuspend?(call: Call<S> & { account: AccountRef }): Promise<void>;
  /** After it the account is gone; already gone is success. */
  terminate?(call: Call<S> & { product: Values<P>; account: AccountRef }): Promise<void>;
  changePackage?(call: Call<S> & { product: Values<P>; account: AccountRef }): Promise<void>;
  changePassword?(call: Call<S> & { account: AccountRef; password: string }): Promise<void>;
  /** Called when a renewal was paid, for panels that keep an expiry date of their own. */
  renew?(call: Call<S> & { product: Values<P>; account: AccountRef; paidUntil: string }): Promise<void>;

  /** Ensure these records stand; records not named are left alone. */
  configureDns?(call: Call<S> & { account: AccountRef; records: DnsRecord[] }): Promise<{ changed: number }>;
  /** Ask for a certificate and say how it stands; called again while `pending`. */
  installCertificate?(call: Call<S> & { account: AccountRef }): Promise<CertificateState>;
  /** An existing mailbox of that name is success and keeps its password. */
  createMailbox?(
    call: Call<S> & { account: AccountRef; mailbox: { localPart: string; password: string; quotaMb: number } },
  ): Promise<{ address: string }>;
  /** `name` comes without the panel's prefix. Existing database, user and grant are success. */
  createDatabase?(
    call: Call<S> & { account: AccountRef; database: { name: string; password: string } },
  ): Promise<DatabaseCreated>;

  listAccounts?(call: Call<S>): Promise<Account[]>;
  listPackages?(call: Call<S>): Promise<PackageInfo[]>;
  /** Every account of the server in one go where the panel allows. */
  usage?(call: Call<S>): Promise<AccountUsage[]>;
  /** A link that logs the customer in once. Never stored. `app` opens one part of the panel where it can. */
  signOn?(call: Call<S> & { account: AccountRef; app?: string }): Promise<{ url: string }>;
  /** Where customers log in with user name and password; shown beside these. Asks nobody. */
  panelUrl?(server: ServerOf<S>): string;
}

/** The acts on an account that are operations: queued, logged, retried and shown to staff. */
export const OPERATION_NAMES = [
  'create',
  'suspend',
  'unsuspend',
  'terminate',
  'changePackage',
  'changePassword',
  'renew',
] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

/** The optional further steps of provisioning. */
export const STEP_FUNCTION_NAMES = ['configureDns', 'installCertificate', 'createMailbox', 'createDatabase'] as const;
export type StepFunctionName = (typeof STEP_FUNCTION_NAMES)[number];

const SERVER_ADDRESS_NAMES = ['id', 'hostname', 'port', 'tls', 'nameservers'];

/**
 * Declare a module. Checks what types cannot: the id's spelling and field names that would hide an address part.
 * @throws TypeError naming the fault; the loader lists the folder as not loaded with that text.
 */
export function defineModule<S extends Fields, P extends Fields, O extends Fields = Record<never, never>>(
  definition: ModuleDefinition<S, P, O>,
): ModuleDefinition<S, P, O> {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(definition.id)) {
    throw new TypeError(
      `Module id "${definition.id}" must be lower-case letters, digits and dashes, 2 to 40 characters.`,
    );
  }
  for (const name of Object.keys(definition.server)) {
    if (SERVER_ADDRESS_NAMES.includes(name)) {
      throw new TypeError(
        `Server field "${name}" of module ${definition.id} hides a part of the server's address; rename it.`,
      );
    }
  }
  for (const name of ['testConnection', 'find', 'create'] as const) {
    if (typeof definition[name] !== 'function') throw new TypeError(`Module ${definition.id} lacks ${name}().`);
  }
  return definition;
}
