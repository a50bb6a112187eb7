/** Making an account exactly once: look, ask, look again. The panel's state decides, never its words alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type ModuleFailure, NeedsStaff, Refused, Unknown, type WantedAccount } from '@hostwright/sdk';
import { type PanelAccount, readAccount } from './accounts.ts';
import type { Whm } from './api.ts';
import { isRefusalOfPanel } from './failures.ts';
import { refuseImpossibleNames } from './names.ts';
import { requirePackage } from './packages.ts';
import { asNumber, asText, type Json } from './wire.ts';

export interface AccountSettings {
  package: string;
  dedicatedIp: boolean;
  mailAuthentication: boolean;
}

const CREATE_SECONDS = 300;
/** How far the server's clock may be behind ours before we doubt that an account is younger than our intent. */
const CLOCK_SKEW_MS = 120_000;
/** An earlier try may still be at work behind a "taken": it gets this long to show itself. */
const SETTLE_MS = 3_000;

export async function createAccount(
  api: Whm,
  wanted: WantedAccount,
  settings: AccountSettings,
  signal: AbortSignal,
): Promise<Account> {
  refuseImpossibleNames(wanted);
  const standing = await ownAccount(api, wanted, settings.package);
  if (standing) return standing;
  await requirePackage(api, settings.package);

  let answer: Json;
  try {
    answer = await api.write('createacct', parametersOf(wanted, settings), {
      timeoutSeconds: CREATE_SECONDS,
      secrets: [wanted.password],
    });
  } catch (failure) {
    if (!isRefusalOfPanel(failure)) throw failure;
    return refusedOrAdopted(api, wanted, settings.package, failure, signal);
  }
  const nameservers = ['nameserver', 'nameserver2', 'nameserver3', 'nameserver4']
    .map((name) => asText(answer[name]))
    .filter((name) => name !== '');
  return { ...(await readCreated(api, wanted)), nameservers };
}

function parametersOf(wanted: WantedAccount, settings: AccountSettings): Record<string, string> {
  return {
    username: wanted.username,
    domain: wanted.domain,
    // `pkgname` would be the name of a new package to save.
    plan: settings.package,
    password: wanted.password,
    contactemail: wanted.owner.email,
    // The answer's log would repeat the password.
    showpass: 'n',
    ...(settings.dedicatedIp ? { ip: 'y' } : {}),
    ...(settings.mailAuthentication ? { spf: '1', dkim: '1', dmarc: '1' } : {}),
  };
}

/** createacct answers without the account; once it said yes, no failure to look may read as "nothing was made". */
async function readCreated(api: Whm, wanted: WantedAccount): Promise<Account> {
  const options = { code: 'lost', detail: `createacct succeeded, but "${wanted.username}" could not be read back.` };
  try {
    const created = await readAccount(api, wanted.username);
    if (created) return created;
  } catch (cause) {
    throw new Unknown('The account could not be checked yet.', { ...options, cause });
  }
  throw new Unknown('The account could not be checked yet.', options);
}

/** Refusals behind which an earlier try of ours may stand. */
const MAY_BE_OURS = new Set(['username_taken', 'domain_taken', 'unexplained']);

async function refusedOrAdopted(
  api: Whm,
  wanted: WantedAccount,
  packageName: string,
  refusal: ModuleFailure,
  signal: AbortSignal,
): Promise<Account> {
  const standing = await ownAccount(api, wanted, packageName);
  if (standing) return standing;
  if (!MAY_BE_OURS.has(refusal.code)) throw refusal;
  const owner = asText((await answerOf(api.read('getdomainowner', { domain: wanted.domain })))?.user);
  if (owner !== '' && owner !== wanted.username) {
    throw new Refused('The domain is already in use on this server.', {
      code: 'domain_taken',
      detail: `${wanted.domain} belongs to "${owner}". ${refusal.detail}`,
    });
  }
  const failure = refusal.code === 'unexplained' ? await explain(api, wanted, refusal) : refusal;
  if (MAY_BE_OURS.has(failure.code)) {
    await sleep(SETTLE_MS, undefined, { signal });
    const late = await ownAccount(api, wanted, packageName);
    if (late) return late;
  }
  throw failure;
}

/**
 * The account when it is there and ours: our username, domain and package, made after the intent was stored.
 * @throws Refused `username_taken` or `domain_taken` when it is somebody else's.
 * @throws NeedsStaff `ownership_unclear` when only a person can tell.
 */
async function ownAccount(api: Whm, wanted: WantedAccount, packageName: string): Promise<PanelAccount | undefined> {
  const found = await readAccount(api, wanted.username);
  if (found === undefined) return undefined;
  if (found.domain !== wanted.domain) {
    throw new Refused('The username is taken on this server.', {
      code: 'username_taken',
      detail: `"${found.username}" belongs to ${found.domain}.`,
    });
  }
  if (found.createdAt !== undefined && found.createdAt.getTime() < wanted.intendedAt.getTime() - CLOCK_SKEW_MS) {
    throw new Refused('The domain is already in use on this server.', {
      code: 'domain_taken',
      detail: `"${found.username}" with ${found.domain} was made on ${found.createdAt.toISOString()}, before this order.`,
    });
  }
  if (found.createdAt === undefined || found.package !== packageName) {
    throw new NeedsStaff('An account with this name has to be checked by our staff.', {
      code: 'ownership_unclear',
      detail: `"${found.username}" with ${found.domain} exists (package "${found.package}"), and it cannot be proved that we made it. Compare it with the order, then take it over or remove it in WHM.`,
    });
  }
  return found;
}

/** Find out by questions what a refusal means whose words we cannot read. */
async function explain(api: Whm, wanted: WantedAccount, refusal: ModuleFailure): Promise<ModuleFailure> {
  const { detail } = refusal;
  const name = await refusalOf(api.read('verify_new_username', { user: wanted.username }));
  if (name?.code === 'username_invalid') return name;
  if (name && name.code !== 'permission') {
    return new Refused('The username is taken on this server.', { code: 'username_taken', detail });
  }
  const accounts = firstNumber(await answerOf(api.read('get_current_users_count')));
  const allowed = firstNumber(await answerOf(api.read('get_maximum_users')));
  if (accounts !== undefined && allowed !== undefined && allowed > 0 && accounts >= allowed) {
    return new Refused('The server takes no more accounts.', { code: 'server_full', detail });
  }
  return refusal;
}

const refusalOf = (question: Promise<unknown>): Promise<ModuleFailure | undefined> =>
  question.then(
    () => undefined,
    (failure: unknown) => {
      if (isRefusalOfPanel(failure)) return failure;
      throw failure;
    },
  );

/** `undefined` when WHM does not answer this to us. */
const answerOf = (question: Promise<Json>): Promise<Json | undefined> =>
  question.catch((failure: unknown) => {
    if (isRefusalOfPanel(failure)) return undefined;
    throw failure;
  });

/** The name under which WHM puts these counts is not documented; each answer holds one number. */
const firstNumber = (data: Json | undefined): number | undefined =>
  Object.values(data ?? {})
    .map(asNumber)
    .find((value) => value !== undefined);
