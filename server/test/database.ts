/** A fresh, migrated PostgreSQL database for every test that asks, cloned from a template in milliseconds. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDb } from '../src/kit/db.ts';
import { MIGRATIONS_FOLDER, migrate, migrationsChecksum } from '../src/kit/migrate.ts';

export interface TestDatabase {
  /** Good for `DATABASE_URL` of a child process too. */
  url: string;
  connection: pg.PoolConfig;
  /** Drops the database, cutting connections that are still open. A second call does nothing. */
  close(): Promise<void>;
}

const PREFIX = 'hostwright_test_';
const TEMPLATE_PREFIX = 'hostwright_template_';
// Everybody who makes, clones or drops a template on this server queues for this lock.
const TEMPLATE_LOCK = 7_214_002;
const ABANDONED_AFTER_SECONDS = 6 * 3600;

/** A database with every migration applied and no rows, on the server that TEST_DATABASE_URL names. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase((admin) => ensureTemplate(admin));
}

/** A database without any table, for what brings its own schema. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(async () => 'template1');
}

/**
 * Drop what killed runs left on the server: old test databases, and templates of other migrations.
 * Runs under way keep theirs, and make a template again when it is gone.
 */
export async function dropLeftovers(): Promise<void> {
  await asAdmin(async (admin) => {
    const { rows } = await admin.query<{ datname: string }>(
      `select datname from pg_database where starts_with(datname, $1) or starts_with(datname, $2)`,
      [PREFIX, TEMPLATE_PREFIX],
    );
    for (const { datname } of rows) {
      const template = datname.startsWith(TEMPLATE_PREFIX);
      if (template ? datname !== templateName() : isAbandoned(datname)) await dropDatabase(admin, datname);
    }
  });
}

async function createDatabase(template: (admin: pg.Client) => Promise<string>): Promise<TestDatabase> {
  const name = `${PREFIX}${nowSeconds().toString(36)}_${randomBytes(5).toString('hex')}`;
  await asAdmin(async (admin) => {
    await admin.query(`create database ${name} template ${await template(admin)}`);
  });
  const url = urlOf(name);
  let closing: Promise<void> | undefined;
  return {
    url,
    connection: { connectionString: url },
    close: () => {
      closing ??= asAdmin((admin) => dropDatabase(admin, name));
      return closing;
    },
  };
}

/** Made under another name and renamed when it is whole, so that a killed run leaves no half-migrated template. */
async function ensureTemplate(admin: pg.Client): Promise<string> {
  const name = templateName();
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 1) return name;
  const making = `${name}_making`;
  await dropDatabase(admin, making);
  await admin.query(`create database ${making}`);
  const { pool, close } = openDb({ connectionString: urlOf(making) }, { max: 1 });
  try {
    await migrate(pool, MIGRATIONS_FOLDER);
  } finally {
    await close();
  }
  await admin.query(`alter database ${making} rename to ${name}`);
  return name;
}

async function asAdmin<T>(run: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl() });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    return await run(admin);
  } finally {
    await admin.end(); // gives the lock back
  }
}

async function dropDatabase(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`drop database if exists ${name} with (force)`);
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) {
    throw new Error(
      'TEST_DATABASE_URL is not set. Run tests with `vitest run`, which starts a PostgreSQL for them, or name a server.',
    );
  }
  return url;
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

const templateName = () => `${TEMPLATE_PREFIX}${migrationsChecksum(MIGRATIONS_FOLDER).slice(0, 12)}`;
const nowSeconds = () => Math.floor(Date.now() / 1000);

function isAbandoned(database: string): boolean {
  const madeAt = Number.parseInt(database.slice(PREFIX.length).split('_')[0] ?? '', 36);
  return !(madeAt > nowSeconds() - ABANDONED_AFTER_SECONDS);
}
