/**
 * A place for a service on a server, taken before the panel is called. The group's row is locked while choosing, so that
 * a group is never oversold however many orders come at once; a name once used on a server is never used there again.
 */
import type { UsernameRules } from '@hostwright/sdk';
import { uuidv7 } from 'uuidv7';
import { Wait } from '../kit/acts.ts';
import type { TransactionContext } from '../kit/context.ts';
import { chooseServer, hasRoom } from './choose-server.ts';
import { placementOf, serversOfGroup } from './queries.ts';
import { usernameFor } from './username.ts';

export interface WantedPlace {
  serviceId: string;
  /** The service's number: names are made from it. */
  number: number;
  domain: string;
  serverGroupId: string;
  moduleId: string;
  usernames: UsernameRules;
}

export interface Place {
  serverId: string;
  serverName: string;
  username: string;
  /** When it was taken: an account the panel dates before this is not ours. */
  createdAt: Date;
}

const NAMES_TRIED = 40;

/**
 * Take a place, or return the one the service holds already.
 * @throws Wait `no_capacity` when every server is full, in maintenance or missing; `server_unavailable` when those with
 *   room do not answer
 */
export async function reservePlace(tx: TransactionContext, wanted: WantedPlace): Promise<Place> {
  const held = await placementOf(tx.db, wanted.serviceId);
  if (held) return held;
  const group = await tx.db
    .selectFrom('serverGroup')
    .select(['id', 'name', 'strategy'])
    .where('id', '=', wanted.serverGroupId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const now = tx.clock.now();
  const servers = await serversOfGroup(tx.db, group.id, wanted.moduleId);
  const taking = servers.filter(
    (server) => !server.maintenance && !(server.fullUntil && server.fullUntil > now) && hasRoom(server),
  );
  const answering = taking.filter((server) => !(server.breakerOpenUntil && server.breakerOpenUntil > now));
  const chosen = chooseServer(answering, group.strategy as 'least_loaded' | 'fill_first' | 'weighted');
  if (!chosen) {
    if (taking.length === 0) {
      const why =
        servers.length === 0
          ? `No server of group "${group.name}" runs this module.`
          : `Every server of group "${group.name}" is full or in maintenance.`;
      throw new Wait(
        'no_capacity',
        `${why} Add a server, or raise a server's limit; waiting orders go on by themselves.`,
      );
    }
    const soonest = Math.min(...taking.map((server) => server.breakerOpenUntil?.getTime() ?? 0));
    throw new Wait('server_unavailable', `No server with room in group "${group.name}" answers.`, {
      until: new Date(soonest),
    });
  }
  return { ...(await takeName(tx, wanted, chosen.id, now)), serverName: chosen.name };
}

/**
 * Another name on the same server, when the panel refused the one held; the old one stays used up.
 * @param wanted.username a name staff chose; one is made when not given
 */
export async function renamePlace(tx: TransactionContext, wanted: WantedPlace & { username?: string }): Promise<Place> {
  const held = await releasePlace(tx, wanted.serviceId);
  if (!held) return reservePlace(tx, wanted);
  return { ...(await takeName(tx, wanted, held.serverId, tx.clock.now())), serverName: held.serverName };
}

/** Give the place back: the account is gone, or was never made. A second call does nothing. */
export async function releasePlace(tx: TransactionContext, serviceId: string) {
  const held = await placementOf(tx.db, serviceId);
  if (held)
    await tx.db.updateTable('placement').set({ releasedAt: tx.clock.now() }).where('id', '=', held.id).execute();
  return held;
}

/** A panel said it takes no more accounts: leave it out for a while and give the place back. */
export async function leaveFullServer(tx: TransactionContext, serviceId: string): Promise<void> {
  const held = await releasePlace(tx, serviceId);
  if (!held) return;
  const fullUntil = new Date(tx.clock.now().getTime() + FULL_MINUTES * 60_000);
  await tx.db.updateTable('server').set({ fullUntil }).where('id', '=', held.serverId).execute();
}

const FULL_MINUTES = 15;

async function takeName(
  tx: TransactionContext,
  wanted: WantedPlace & { username?: string },
  serverId: string,
  createdAt: Date,
) {
  for (let attempt = 0; attempt < NAMES_TRIED; attempt++) {
    const username =
      wanted.username && attempt === 0 ? wanted.username : usernameFor({ ...wanted, attempt }, wanted.usernames);
    const taken = await tx.db
      .insertInto('placement')
      .values({ id: uuidv7(), serviceId: wanted.serviceId, serverId, username, createdAt })
      .onConflict((conflict) => conflict.columns(['serverId', 'username']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (taken) return { serverId, username, createdAt };
  }
  throw new Error(`No free user name for ${wanted.domain} after ${NAMES_TRIED} tries.`);
}
