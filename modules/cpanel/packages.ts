/** Packages by WHM's exact names. A name is never built from parts: a reseller's prefix belongs to it. */
import { NeedsStaff, type PackageInfo } from '@hostwright/sdk';
import { unreadable, type Whm } from './api.ts';
import { asLimit, asRecords, asText, type Json } from './wire.ts';

/** Those the token may create accounts with. */
export async function listPackages(api: Whm): Promise<PackageInfo[]> {
  return (await packageRows(api)).map((row) => {
    const name = asText(row.name);
    return { name, label: name, diskMb: asLimit(row.QUOTA), bandwidthMb: asLimit(row.BWLIMIT) };
  });
}

/** By WHM's names, such as `QUOTA` in MB; `null` is unlimited. @throws NeedsStaff `package_missing` */
export async function packageLimits(api: Whm, name: string): Promise<Record<string, number | null | undefined>> {
  const rows = await packageRows(api);
  const row = rows.find((one) => asText(one.name) === name) ?? missing(name, rows);
  return Object.fromEntries(Object.entries(row).map(([limit, value]) => [limit, asLimit(value)]));
}

async function packageRows(api: Whm): Promise<Json[]> {
  const rows = asRecords((await api.read('listpkgs', { want: 'creatable' })).pkg);
  if (rows === undefined) throw unreadable('listpkgs', 'no list of packages', false);
  return rows;
}

/** @throws NeedsStaff `package_missing` naming the packages there are. */
export async function requirePackage(api: Whm, name: string): Promise<void> {
  const rows = await packageRows(api);
  if (!rows.some((one) => asText(one.name) === name)) missing(name, rows);
}

function missing(name: string, rows: Json[]): never {
  throw new NeedsStaff('The hosting package is not available on this server.', {
    code: 'package_missing',
    detail: `There is no package "${name}". The token may use: ${rows.map((one) => asText(one.name)).join(', ') || 'none'}.`,
  });
}
