/**
 * What was bought on top of a package: a package tells its own limits, the account gets those and the extras. Set with
 * `modifyacct` once the account stands, because `createacct` does not take both, and a change of the package resets them.
 */
import { ModuleFailure, NeedsStaff, number, Unknown } from '@hostwright/sdk';
import { unreadable, type Whm } from './api.ts';
import { packageLimits } from './packages.ts';
import { asLimit, asRecords, asText } from './wire.ts';

const MB_PER_GB = 1024;

const extra = (label: string, most: number) =>
  number(label, { min: 0, max: most, default: 0, help: 'On top of the package; sold as an option of this code.' });

/** Fields of a product, and the codes of options that sell them. */
export const EXTRA_FIELDS = {
  extraDiskGb: extra('Extra disk space, GB', 100_000),
  extraDomains: extra('Extra domains', 10_000),
  extraMailboxes: extra('Extra mailboxes', 100_000),
  extraDatabases: extra('Extra databases', 10_000),
};

export type Extras = Record<keyof typeof EXTRA_FIELDS, number>;

/** Each with WHM's name for it in a package, which `modifyacct` shares, and in the list of accounts. */
const LIMITS: { extra: keyof Extras; unit: number; ofPackage: string; ofAccount: string }[] = [
  { extra: 'extraDiskGb', unit: MB_PER_GB, ofPackage: 'QUOTA', ofAccount: 'disklimit' },
  { extra: 'extraDomains', unit: 1, ofPackage: 'MAXADDON', ofAccount: 'maxaddons' },
  { extra: 'extraMailboxes', unit: 1, ofPackage: 'MAXPOP', ofAccount: 'maxpop' },
  { extra: 'extraDatabases', unit: 1, ofPackage: 'MAXSQL', ofAccount: 'maxsql' },
];

/**
 * Raise the limits of an account by its extras. Counted from the package each time: a second call changes nothing.
 * @throws NeedsStaff `extras_refused` when WHM does not let the token raise them. The account stands.
 */
export async function giveExtras(api: Whm, user: string, packageName: string, extras: Extras): Promise<void> {
  if (LIMITS.every((limit) => extras[limit.extra] === 0)) return;
  const given = await packageLimits(api, packageName);
  const raised = LIMITS.flatMap((limit) => {
    const base = given[limit.ofPackage];
    // What is unlimited already cannot be raised.
    if (extras[limit.extra] === 0 || base === null) return [];
    if (base === undefined) throw unreadable('listpkgs', `no number as ${limit.ofPackage} of "${packageName}"`, false);
    return [{ ...limit, value: base + extras[limit.extra] * limit.unit }];
  });
  if (raised.length === 0) return;
  try {
    const values = raised.map(({ ofPackage, value }) => [ofPackage, String(value)]);
    await api.write('modifyacct', { user, ...Object.fromEntries(values) });
  } catch (failure) {
    if (!(failure instanceof ModuleFailure) || !['refused', 'needs_staff'].includes(failure.kind)) throw failure;
    throw new NeedsStaff('The extras of the package could not be set.', {
      code: 'extras_refused',
      detail: `The account "${user}" stands without its extras. Give the token the privilege edit-account and retry. ${failure.detail ?? ''}`,
      cause: failure,
    });
  }
  await verify(api, user, raised);
}

async function verify(api: Whm, user: string, raised: { ofAccount: string; value: number }[]): Promise<void> {
  const want = ['user', ...LIMITS.map(({ ofAccount }) => ofAccount)].join(',');
  const search = { searchtype: 'user', searchmethod: 'exact', search: user, want };
  const row = asRecords((await api.read('listaccts', search)).acct)?.find((one) => asText(one.user) === user);
  const missed = raised.filter(({ ofAccount, value }) => asLimit(asText(row?.[ofAccount]).replace(/M$/, '')) !== value);
  if (missed.length === 0) return;
  throw new Unknown('The extras of the package could not be checked yet.', {
    code: 'lost',
    detail: `"${user}" should have ${missed.map(({ ofAccount, value }) => `${ofAccount} ${value}, not ${asText(row?.[ofAccount])}`).join('; ')}.`,
  });
}
