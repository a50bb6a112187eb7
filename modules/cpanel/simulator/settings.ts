/** Switches of the simulated server: what operators set on a real one, and what differs between real ones. */
import type { SimulatorOptions } from '@hostwright/sdk/testing/simulator';
import type { Limits } from './limits.ts';
import type { Locale } from './messages.ts';

export interface WhmSettings {
  /** What the server calls itself; nobody resolves it. */
  hostname: string;
  version: string;
  nameservers: string[];
  locale: Locale;
  /** Accounts the licence allows; 0 is unlimited. */
  licenceMaximum: number;
  /** 16, or 8 on servers without the long-user setting. */
  usernameMaxLength: number;
  /** Whether the first 8 characters of usernames must differ. */
  uniqueFirstEight: boolean;
  /** 0 to 100. */
  minimumPasswordStrength: number;
  /** Addresses left to give to accounts that want one of their own. */
  freeIpAddresses: number;
  contentType: 'application/json' | 'text/plain';
  /** Functions whose `metadata.result` is a string: those it was recorded of, or any by chance. */
  stringResults: 'recorded' | 'random';
  /** Whether reasons carry an XID and a source line as live servers add them, in turns. */
  decorateReasons: boolean;
  unsuspendingActive: 'fails' | 'succeeds';
  /** Where answers of the legacy `cpanel` function sit; clients disagree. */
  legacyBridgePlace: 'top' | 'data';
  uapiWhileSuspended: boolean;
  /** Bad credentials in a row until the caller's address is shut out; 0 never. */
  lockoutAfter: number;
  lockoutSeconds: number;
  /** Wall-clock seconds from the start of an AutoSSL run to the certificate. */
  autosslSeconds: number;
  /** What AutoSSL finds wrong, by domain; such a domain gets no certificate. */
  autosslProblems: Record<string, string>;
  /** Added to the clock that dates accounts. */
  clockSkewSeconds: number;
  /** How often a backup still says RUNNING when asked. */
  backupPolls: number;
  backupResult: 'COMPLETED' | 'FAILED';
  /** Zones that live on other servers of the DNS cluster. */
  peerZones: string[];
}

/** What a WHM server may be started with, beside what every simulator takes. */
export interface WhmSimulatorOptions extends SimulatorOptions {
  /** By the name of a package: what it gives, where that is not what follows from its place among the others. */
  packageLimits?: Record<string, Partial<Limits>>;
  /** Switches to start with; the others keep their defaults or what the state file remembers. */
  settings?: Partial<WhmSettings>;
  /** `signed` presents a certificate for 127.0.0.1 and the host name by an authority given as `ca`. */
  certificate?: 'self-signed' | 'signed';
}

export const DEFAULT_SETTINGS: WhmSettings = {
  hostname: 'srv1.host.example',
  version: '11.136.0.5',
  nameservers: ['ns1.host.example', 'ns2.host.example'],
  locale: 'en',
  licenceMaximum: 0,
  usernameMaxLength: 16,
  uniqueFirstEight: false,
  minimumPasswordStrength: 65,
  freeIpAddresses: 8,
  contentType: 'application/json',
  stringResults: 'recorded',
  decorateReasons: true,
  unsuspendingActive: 'fails',
  legacyBridgePlace: 'data',
  uapiWhileSuspended: true,
  lockoutAfter: 0,
  lockoutSeconds: 900,
  autosslSeconds: 1.5,
  autosslProblems: {},
  clockSkewSeconds: 0,
  backupPolls: 2,
  backupResult: 'COMPLETED',
  peerZones: [],
};

/** @throws TypeError naming the switch that does not exist or has another type. */
export function changedSettings(settings: WhmSettings, change: unknown): WhmSettings {
  if (typeof change !== 'object' || change === null) throw new TypeError('Settings are a JSON object of switches.');
  for (const [name, value] of Object.entries(change)) {
    const known = (DEFAULT_SETTINGS as unknown as Record<string, unknown>)[name];
    if (known === undefined) {
      throw new TypeError(`There is no switch "${name}". Known: ${Object.keys(DEFAULT_SETTINGS).join(', ')}.`);
    }
    if (typeof value !== typeof known || Array.isArray(value) !== Array.isArray(known)) {
      throw new TypeError(`Switch "${name}" looks like ${JSON.stringify(known)}, not ${JSON.stringify(value)}.`);
    }
  }
  return { ...settings, ...change };
}
