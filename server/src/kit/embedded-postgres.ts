/**
 * A real PostgreSQL from npm, for whoever sets no DATABASE_URL: run as a child on a unix socket, shared by every
 * process of the shop, and left running when a process is killed so that the next one finds it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './embedded-postgres/binaries.ts';
import { clusterFolder, ensureCluster, SUPERUSER } from './embedded-postgres/cluster.ts';
import { defaultDataFolder, prepareDataFolder } from './embedded-postgres/data-folder.ts';
import { EmbeddedPostgresError } from './embedded-postgres/error.ts';
import { removeStalePidFile, type ServerProcess, spawnServer, stopServer } from './embedded-postgres/server-process.ts';
import { serverUser } from './embedded-postgres/server-user.ts';
import { PORT, socketFolder } from './embedded-postgres/socket-folder.ts';

export interface EmbeddedPostgres {
  /** Good for `openDb`. */
  connection: pg.PoolConfig;
  /** False when a server was found running, for example one that outlived a killed process. */
  started: boolean;
  /**
   * Leave. Whoever leaves last stops the server, no matter who started it. Close your pools first: what they still
   * do is cut off. A second call does nothing.
   */
  stop(): Promise<void>;
}

interface Log {
  info(message: string): void;
  warn(message: string): void;
}

const DATABASE = 'hostwright';
// Held shared by every attached process for as long as it lives: what tells the last one that it is the last.
const PRESENCE_LOCK = 7_214_003;
const REACHABLE_SECONDS = 20;
// After a power cut the server reads its log again before it lets anybody in.
const RECOVERY_SECONDS = 600;
const RECONNECT_SECONDS = 1;

/**
 * Start the embedded server, or attach to the one that runs on this folder already. Should the server die under us it
 * is started again; queries fail in between.
 *
 * @param options.dataFolder `data/` beside the project when not given, or /var/lib/hostwright for root
 * @param options.binFolder programs to use instead of the ones from npm, version 15 or newer
 * @throws EmbeddedPostgresError when this machine cannot run it; the message says why and names DATABASE_URL
 */
export async function startEmbeddedPostgres(options: {
  dataFolder?: string | undefined;
  binFolder?: string | undefined;
  log: Log;
}): Promise<EmbeddedPostgres> {
  const { log } = options;
  const wanted = options.dataFolder ?? defaultDataFolder();
  const user = serverUser(clusterFolder(wanted));
  const dataFolder = prepareDataFolder(wanted, user);
  const binaries = findBinaries({ binFolder: options.binFolder, dataFolder, user });
  ensureCluster(dataFolder, binaries, user);
  const folder = socketFolder(dataFolder, user);
  const connection = { host: folder, port: PORT, user: SUPERUSER };
  const spawnHere = () => spawnServer({ dataFolder, socketFolder: folder, binaries, user });

  let stopping = false;
  let reattaching: Promise<void> | undefined;
  const first = await attach(connection, dataFolder, spawnHere);
  let presence = watch(first.presence);
  await ensureDatabase(presence);
  log.info(`${first.started ? 'Started' : 'Attached to'} the embedded PostgreSQL ${binaries.major} in ${dataFolder}`);

  function watch(client: pg.Client): pg.Client {
    client.once('end', () => {
      if (!stopping) reattaching = reattach();
    });
    return client;
  }

  async function reattach(): Promise<void> {
    log.warn('The embedded PostgreSQL is gone; starting it again');
    while (!stopping) {
      try {
        presence = watch((await attach(connection, dataFolder, spawnHere)).presence);
        return;
      } catch (error) {
        log.warn(error instanceof Error ? error.message : String(error));
        await delay(RECONNECT_SECONDS * 1000);
      }
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    await reattaching;
    await leave(presence, dataFolder, log);
  }

  let stopped: Promise<void> | undefined;
  return {
    connection: { ...connection, database: DATABASE },
    started: first.started,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Connect and say that we are there, starting a server whenever none answers. */
async function attach(
  connection: pg.ClientConfig,
  dataFolder: string,
  spawnHere: () => ServerProcess,
): Promise<{ presence: pg.Client; started: boolean }> {
  const begin = Date.now();
  let server: ServerProcess | undefined;
  for (;;) {
    const presence = new pg.Client({ ...connection, database: 'postgres', application_name: 'hostwright presence' });
    let broken = false;
    presence.on('error', () => {
      broken = true; // the connection had stood; 'end' follows
    });
    try {
      await presence.connect();
      // Waits while the last process before us is stopping the server, and breaks when it has.
      await presence.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
      return { presence, started: server !== undefined && server.failure() === undefined };
    } catch (error) {
      await presence.end().catch(() => {});
      const answer = broken ? 'busy' : answerOf(error);
      const failure = server?.failure();
      if (failure !== undefined && !isPassing(failure)) {
        throw new EmbeddedPostgresError(`The embedded PostgreSQL does not start: ${failure}.`);
      }
      const seconds = (Date.now() - begin) / 1000;
      if (seconds > (answer === 'busy' ? RECOVERY_SECONDS : REACHABLE_SECONDS)) {
        throw new EmbeddedPostgresError(
          `The embedded PostgreSQL does not answer after ${Math.round(seconds)} seconds: ${failure ?? (error as Error).message}.`,
          { cause: error },
        );
      }
      if (answer === 'absent' && (server === undefined || failure !== undefined)) {
        if (failure !== undefined) removeStalePidFile(dataFolder);
        server = spawnHere();
      }
    }
    await delay(server?.failure() === undefined ? 10 : 100);
  }
}

/** `busy` is a server that lets nobody in yet, or any more. */
function answerOf(error: unknown): 'absent' | 'busy' {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
  // cannot_connect_now, admin_shutdown, crash_shutdown, and the socket going away in the middle of a word
  if (['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE'].includes(code ?? '')) return 'busy';
  if (message?.includes('Connection terminated')) return 'busy';
  throw error;
}

/** Another process was faster, or the children of a killed server are not all gone yet. */
function isPassing(failure: string): boolean {
  return /lock file .* already exists|pre-existing shared memory block|is another postmaster/i.test(failure);
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 1) return;
  await client.query(`create database ${DATABASE}`).catch((error: { code?: string }) => {
    // Another process made it in between; which of the two codes depends on how close it was.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}

async function leave(presence: pg.Client, dataFolder: string, log: Log): Promise<void> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
    const { rows } = await presence.query('select pg_try_advisory_lock($1) as last', [PRESENCE_LOCK]);
    if (rows[0].last && !(await stopServer(dataFolder))) log.warn('The embedded PostgreSQL is still busy stopping');
  } catch {
    // The server is gone already, so there is nothing to leave.
  }
  await presence.end().catch(() => {});
}
