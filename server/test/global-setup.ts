/**
 * One PostgreSQL for a whole test run: the one TEST_DATABASE_URL names, else an embedded one. Its folder is the same
 * for every run of this checkout, so runs at the same time share it, the last one stops it, and a killed run leaves
 * nothing that the next does not clear away.
 */
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/kit/embedded-postgres.ts';
import { dropLeftovers } from './database.ts';

export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_URL !== undefined) {
    await dropLeftovers();
    return undefined;
  }
  const checkout = createHash('sha256')
    .update(`${import.meta.dirname} ${os.userInfo().uid}`)
    .digest('hex')
    .slice(0, 8);
  const server = await startEmbeddedPostgres({
    dataFolder: path.join(os.tmpdir(), `hostwright-tests-${checkout}`),
    log: { info: () => {}, warn: console.warn },
  });
  const { host, user } = server.connection;
  // Read by this process's children: test workers, and the shops that tests start.
  process.env.TEST_DATABASE_URL = `postgres://${user}@localhost/postgres?host=${encodeURIComponent(String(host))}`;
  await forgetPowerCuts(server.connection);
  await dropLeftovers();
  return () => server.stop();
}

/** Test data need not outlive the machine; making and dropping databases is mostly waiting for the disk otherwise. */
async function forgetPowerCuts(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query('alter system set fsync = off');
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
}
