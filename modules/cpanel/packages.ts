/** Packages by WHM's exact names. A name is never built from parts: a reseller's prefix belongs to it. */
import { NeedsStaff, type PackageInfo } from '@hostwright/sdk';
import { unreadable, type Whm } from './api.ts';
import { asLimit, asRecords, asText } from './wire.ts';

/** Those the token may create accounts with. */
export async function listPackages(api: Whm): Promise<PackageInfo[]> {
  const rows = asRecords((await api.read('listpkgs', { want: 'creatable' })).pkg);
  if (rows === undefined) throw unreadable('listpkgs', 'no list of packages', false);
  return rows.map((row) => {
    const name = asText(row.name);
    return { name, label: name, diskMb: asLimit(row.QUOTA), bandwidthMb: asLimit(row.BWLIMIT) };
  });
}

/** @throws NeedsStaff `package_missing` naming the packages there are. */
export async function requirePackage(api: Whm, name: string): Promise<void> {
  const packages = await listPackages(api);
  if (packages.some((one) => one.name === name)) return;
  throw new NeedsStaff('The hosting package is not available on this server.', {
    code: 'package_missing',
    detail: `There is no package "${name}". The token may use: ${packages.map((one) => one.name).join(', ') || 'none'}.`,
  });
}
