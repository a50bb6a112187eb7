/** Disk and bandwidth of every account, one call each for the whole server. */
import { type AccountUsage, ModuleFailure } from '@hostwright/sdk';
import { unreadable, type Whm } from './api.ts';
import { asFlag, asLimit, asNumber, asRecords, asText, type Json } from './wire.ts';

const BYTES_PER_MB = 1024 * 1024;
/** WHM has been seen to write "unlimited" bandwidth as 999999999999990 bytes. */
const UNLIMITED_BYTES = 9e14;

/** Bandwidth comes from WHM's nightly count: up to a day late, and left out when the token may not see it. */
export async function readUsage(api: Whm): Promise<AccountUsage[]> {
  const rows = asRecords((await api.read('get_disk_usage')).accounts);
  if (rows === undefined) throw unreadable('get_disk_usage', 'no list of accounts', false);
  const bandwidth = await readBandwidth(api);
  return rows.map((row) => {
    const username = asText(row.user);
    return { username, ...diskOf(row), ...bandwidth.get(username) };
  });
}

type Bandwidth = Pick<AccountUsage, 'bandwidthUsedMb' | 'bandwidthLimitMb'>;

async function readBandwidth(api: Whm): Promise<Map<string, Bandwidth>> {
  const answer = await api.read('showbw').catch((failure: unknown) => {
    if (failure instanceof ModuleFailure && failure.code === 'permission') return {};
    throw failure;
  });
  const living = (asRecords((answer as Json).acct) ?? []).filter((row) => !asFlag(row.deleted));
  return new Map(living.map((row) => [asText(row.user), bandwidthOf(row)]));
}

function bandwidthOf(row: Json): Bandwidth {
  const usedBytes = asNumber(row.totalbytes);
  const limitBytes = asLimit(row.limit);
  const unlimited = limitBytes === null || limitBytes === 0 || (limitBytes ?? 0) >= UNLIMITED_BYTES;
  return {
    bandwidthUsedMb: usedBytes === undefined ? undefined : usedBytes / BYTES_PER_MB,
    bandwidthLimitMb: unlimited ? null : limitBytes && limitBytes / BYTES_PER_MB,
  };
}

function diskOf(row: Json): Pick<AccountUsage, 'diskUsedMb' | 'diskLimitMb'> {
  const usedKib = asNumber(row.blocks_used);
  const limitKib = row.blocks_limit === null ? null : asLimit(row.blocks_limit);
  return {
    diskUsedMb: usedKib === undefined ? undefined : usedKib / 1024,
    diskLimitMb: limitKib && limitKib / 1024,
  };
}
