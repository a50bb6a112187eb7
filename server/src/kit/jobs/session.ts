/** One connection of our own that mends itself: what belongs to a session (locks, LISTEN) needs it, a pool cannot hold it. */
import pg from 'pg';
import type { Logger } from 'pino';

const PING_EVERY_MS = 5_000;
const PING_TIMEOUT_MS = 5_000;
const RECONNECT_AFTER_MS = [50, 250, 1_000, 2_000];

interface SessionOptions {
  connection: pg.PoolConfig;
  log: Logger;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Run on every new connection before anybody else may use it. */
  onConnect?: (client: pg.Client) => Promise<void>;
  /** The connection broke, and with it everything the session held. */
  onLost?: () => void;
  onNotification?: (notification: pg.Notification) => void;
}

export interface Session {
  /**
   * Queries run one after another. Connects first when the connection is down.
   *
   * @throws the driver's error when the server cannot be reached or the connection breaks meanwhile
   */
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** A second call does nothing. */
  close(): Promise<void>;
}

/** @throws the driver's error when the first connection cannot be made */
export async function openSession(options: SessionOptions): Promise<Session> {
  let client: pg.Client | undefined;
  let connecting: Promise<pg.Client> | undefined;
  let reconnect: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  const connected = (): Promise<pg.Client> => {
    if (closed) return Promise.reject(new Error(`The session "${options.applicationName}" is closed.`));
    if (client) return Promise.resolve(client);
    connecting ??= connect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionTimeoutMillis: 5_000,
      ...options.connection,
      application_name: options.applicationName,
      keepAlive: true,
      options: [options.connection.options, '-c jit=off'].filter(Boolean).join(' '),
    });
    next.on('error', (error) => lose(next, error));
    next.on('end', () => lose(next, new Error('The server ended the connection.')));
    next.on('notification', (notification) => options.onNotification?.(notification));
    try {
      await next.connect();
      await options.onConnect?.(next);
      if (closed) throw new Error(`The session "${options.applicationName}" was closed.`);
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    failures = 0;
    client = next;
    return next;
  }

  function lose(which: pg.Client, error: Error): void {
    if (client !== which) return;
    client = undefined;
    which.end().catch(() => {});
    if (closed) return;
    options.log.warn({ err: error, session: options.applicationName }, 'a database session was lost');
    mend();
    options.onLost?.();
  }

  function mend(): void {
    if (closed || client || reconnect) return;
    const wait = RECONNECT_AFTER_MS[Math.min(failures, RECONNECT_AFTER_MS.length - 1)];
    failures += 1;
    reconnect = setTimeout(() => {
      reconnect = undefined;
      connected().catch(mend);
    }, wait);
  }

  let last: Promise<unknown> = Promise.resolve();
  function query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    const answer = last.then(async () => (await (await connected()).query<R>(text, values)).rows);
    last = answer.catch(() => {});
    return answer;
  }

  // A connection that broke without a word (a firewall, a frozen server) is noticed by asking.
  const ping = setInterval(() => {
    const asked = client;
    if (!asked) return;
    const timeout = setTimeout(() => lose(asked, new Error('The server no longer answers.')), PING_TIMEOUT_MS);
    query('select 1')
      .catch((error: Error) => lose(asked, error))
      .finally(() => clearTimeout(timeout));
  }, PING_EVERY_MS);

  await connected();
  return {
    query,
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(ping);
      clearTimeout(reconnect);
      await connecting?.catch(() => {});
      await client?.end();
    },
  };
}
