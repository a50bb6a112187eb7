/**
 * Write server/src/kit/database.generated.ts from the migrations: they are applied to a throw-away database, and
 * kysely-codegen reads its schema. `--check` changes nothing and fails when the file has drifted.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../server/src/kit/migrate.ts';

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'server/src/kit/database.generated.ts');

const adminUrl = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const name = `hostwright_types_${process.pid}`;
const url = new URL(adminUrl);
url.pathname = `/${name}`;

const admin = new pg.Client({ connectionString: adminUrl });
await admin.connect();
await admin.query(`create database ${name}`);
const folder = mkdtempSync(path.join(tmpdir(), 'hostwright-types-'));
try {
  const pool = new pg.Pool({ connectionString: url.href });
  await migrate(pool, path.join(root, 'server/src/migrations'));
  await pool.end();
  const out = path.join(folder, 'types.ts');
  execFileSync(
    path.join(root, 'node_modules/.bin/kysely-codegen'),
    [
      ...['--dialect', 'postgres', '--url', url.href, '--out-file', out, '--camel-case'],
      ...['--exclude-pattern', '(public.)?migration', '--date-parser', 'string', '--numeric-parser', 'string'],
      ...['--log-level', 'error'],
    ],
    { stdio: 'inherit' },
  );
  // int8 is bigint here (kit/db.ts), where the generator expects the driver's text.
  const text = readFileSync(out, 'utf8').replace(
    /export type Int8 = .*;/,
    'export type Int8 = ColumnType<bigint, bigint | number | string, bigint | number | string>;',
  );
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) {
      console.error('server/src/kit/database.generated.ts has drifted from the migrations: run `node scripts/generate-database-types.ts`.');
      process.exitCode = 1;
    }
  } else writeFileSync(target, text);
} finally {
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
  rmSync(folder, { recursive: true });
}
