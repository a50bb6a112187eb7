/** Packages: root's, and resellers' whose names carry their prefix. */
import { limitOf, mayUsePackage } from './account-creation.ts';
import { limitText } from './account-listing.ts';
import type { Outcome, WhmCall, WhmFunctions } from './call.ts';
import { refuse } from './messages.ts';
import type { Package } from './panel.ts';

export const packageFunctions: WhmFunctions = {
  listpkgs: {
    acl: 'list-pkgs',
    list: 'pkg',
    run: (call) => {
      const pkg = [...call.panel.packages.values()].filter(({ owner }) => mayUsePackage(call, owner)).map(packageRow);
      return { data: { pkg } };
    },
  },
  getpkginfo: {
    acl: 'list-pkgs',
    run: (call) => {
      const name = call.parameters.required('pkg');
      const found = call.panel.packages.get(name) ?? refuse('packageAbsent', { package: name });
      if (!mayUsePackage(call, found.owner)) refuse('packageNotYours', { package: name });
      return { data: { pkg: packageRow(found) } };
    },
  },
  addpkg: { acl: 'add-pkg', run: addPackage },
  killpkg: {
    acl: 'add-pkg',
    run: (call) => {
      const name = call.parameters.text('pkgname') ?? call.parameters.required('pkg');
      const found = call.panel.packages.get(name) ?? refuse('packageAbsent', { package: name });
      if (!mayUsePackage(call, found.owner)) refuse('packageNotYours', { package: name });
      call.panel.packages.delete(name);
      return { data: { pkg: name } };
    },
  },
};

function addPackage({ panel, parameters, caller }: WhmCall): Outcome {
  const given = parameters.required('name');
  const name = caller.seesAll || given.startsWith(`${caller.user}_`) ? given : `${caller.user}_${given}`;
  if (panel.packages.has(name)) refuse('packageExists', { package: name });
  const limit = (parameter: string, zeroIsUnlimited: boolean) =>
    limitOf(parameters.text(parameter) ?? 'unlimited', zeroIsUnlimited);
  const limits = {
    quota: limit('quota', true),
    bwlimit: limit('bwlimit', true),
    maxftp: limit('maxftp', true),
    maxsql: limit('maxsql', true),
    maxpop: limit('maxpop', true),
    maxlst: limit('maxlst', true),
    maxsub: limit('maxsub', false),
    maxpark: limit('maxpark', false),
    maxaddon: limit('maxaddon', false),
  };
  panel.packages.set(name, { name, owner: caller.user, limits });
  return { data: { pkg: name } };
}

function packageRow({ name, limits }: Package) {
  return {
    name,
    QUOTA: limitText(limits.quota),
    BWLIMIT: limitText(limits.bwlimit),
    MAXFTP: limitText(limits.maxftp),
    MAXSQL: limitText(limits.maxsql),
    MAXPOP: limitText(limits.maxpop),
    MAXLST: limitText(limits.maxlst),
    MAXSUB: limitText(limits.maxsub),
    MAXPARK: limitText(limits.maxpark),
    MAXADDON: limitText(limits.maxaddon),
    MAX_EMAIL_PER_HOUR: 'unlimited',
    MAX_DEFER_FAIL_PERCENTAGE: 'unlimited',
    MAX_EMAILACCT_QUOTA: 'unlimited',
    MAX_TEAM_USERS: 7,
    FEATURELIST: 'default',
    CPMOD: 'jupiter',
    LANG: 'en',
    CGI: 'y',
    HASSHELL: 'n',
    IP: 'n',
    DIGESTAUTH: 'n',
    _PACKAGE_EXTENSIONS: '',
  };
}
