/**
 * Write server/src/kit/database.generated.ts from the migrations: they are applied to a throw-away database, and
 * kysely-codegen reads its schema. `--check` changes nothing and fails when the file has drifted. Uses the server that
 * TEST_DATABASE_URL names, else an embedded one.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '../server/test/database.ts';
import { setup } from '../server/test/global-setup.ts';

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'server/src/kit/database.generated.ts');

const stopServer = await setup();
try {
  const text = await typesOfMigrations();
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
  } else if (readFileSync(target, 'utf8') !== text) {
    console.error(
      'server/src/kit/database.generated.ts has drifted from the migrations: run `node scripts/generate-database-types.ts`.',
    );
    process.exitCode = 1;
  }
} finally {
  await stopServer?.();
}

async function typesOfMigrations(): Promise<string> {
  const database = await createTestDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'hostwright-types-'));
  const out = path.join(folder, 'types.ts');
  try {
    execFileSync(
      path.join(root, 'node_modules/.bin/kysely-codegen'),
      [
        ...['--dialect', 'postgres', '--url', database.url, '--out-file', out, '--camel-case'],
        ...['--exclude-pattern', '(public.)?migration', '--date-parser', 'string', '--numeric-parser', 'string'],
        ...['--log-level', 'error'],
      ],
      { stdio: 'inherit' },
    );
    // int8 is bigint here (kit/db.ts), where the generator expects the driver's text.
    return readFileSync(out, 'utf8').replace(
      /export type Int8 = .*;/,
      'export type Int8 = ColumnType<bigint, bigint | number | string, bigint | number | string>;',
    );
  } finally {
    rmSync(folder, { recursive: true });
    await database.close();
  }
}
