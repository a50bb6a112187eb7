/** What every panel simulator offers to tests and to the demo shop, beside the panel's own protocol. */

/** An account as the simulated panel holds it, for tests to look at. */
export interface SimulatedAccount {
  username: string;
  domain: string;
  package: string;
  suspended: boolean;
  suspendReason: string;
  password: string;
  email: string;
}

/** The verbs of the contract a fault may be put on; each simulator maps them to its own functions. */
export type FaultTarget =
  | 'any'
  | 'create'
  | 'find'
  | 'suspend'
  | 'unsuspend'
  | 'terminate'
  | 'changePackage'
  | 'changePassword'
  | 'configureDns'
  | 'installCertificate'
  | 'createMailbox'
  | 'createDatabase';

export type FaultKind =
  /** The panel's own refusal of this act, in its words. */
  | 'refuse'
  /** The connection is closed before the request is read. */
  | 'reset_before'
  /** The work is done, then the connection is closed without an answer. */
  | 'reset_after'
  /** The work is done, but no answer comes for `delayMs` (one hour when not given). */
  | 'hang_after'
  /** The work is done and the answer is an HTTP 500. */
  | 'error_after'
  /** HTTP 500, nothing done. */
  | 'error_before'
  /** An HTML page with status 200, nothing done. */
  | 'html'
  /** The answer is cut off in its middle; the work is done. */
  | 'cut'
  /** Waits `delayMs`, then goes on as usual. */
  | 'slow'
  /** `create` only: traces are left (a group, a zone), but no account. */
  | 'half_done'
  /** Too many requests: the panel blocks the caller's address, for `delayMs` from then on or for this one call. */
  | 'rate_block'
  /** The account's or server's quota is full. */
  | 'quota_full';

export interface Fault {
  on: FaultTarget;
  kind: FaultKind;
  /** How many calls it hits; for ever when not given. */
  times?: number;
  /** 0 to 1; every call when not given. Decided by the simulator's seed, so that a run can be repeated. */
  probability?: number;
  delayMs?: number;
}

export interface JournalEntry {
  at: Date;
  /** The panel's own function or route. */
  call: string;
  /** Names only: a journal holds no secrets. */
  parameters: string[];
  /** Whether the panel did what was asked. */
  done: boolean;
  /** The fault that hit it, if one did. */
  fault?: string;
}

export interface SimulatorOptions {
  /** 0 picks a free one. */
  port?: number;
  /** Keeps the panel's state across restarts; in memory when not given. */
  stateFile?: string;
  seed?: number;
  /** Packages that exist from the start, by the panel's own names. */
  packages?: string[];
  /** Accounts the panel's licence allows; unlimited when not given. */
  maxAccounts?: number;
  /** The clock the panel stamps its accounts with; the machine's when not given. */
  now?: () => Date;
  /** Languages of the panel's messages, to prove that nothing rests on English. */
  locale?: 'en' | 'pl';
  /** Wall-clock seconds from asking for a certificate to having it; 1.5 when not given. */
  autosslSeconds?: number;
}

export interface PanelSimulator {
  hostname: string;
  port: number;
  /** SHA-256 of its certificate, for pinning. */
  fingerprint256: string;
  /** Values of the module's `server` fields that this panel accepts. */
  credentials: Record<string, string | number | boolean>;
  accounts(): SimulatedAccount[];
  account(username: string): SimulatedAccount | undefined;
  addFault(fault: Fault): void;
  clearFaults(): void;
  journal(): JournalEntry[];
  /** Put an account on the panel that is not ours, as an administrator would by hand. */
  addForeignAccount(account: { username: string; domain: string; package?: string }): void;
  close(): Promise<void>;
}

export type StartSimulator = (options?: SimulatorOptions) => Promise<PanelSimulator>;
