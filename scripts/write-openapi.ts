/** Writes docs/openapi.json and the web's types from the rooms' schemas; `--check` fails when they have drifted. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openapiDocument } from '../server/src/http/openapi.ts';

const check = process.argv.includes('--check');
const work = mkdtempSync(path.join(tmpdir(), 'hostwright-openapi-'));
try {
  const document = path.join(work, 'openapi.json');
  writeFileSync(document, `${JSON.stringify(openapiDocument(), null, 2)}\n`);
  const types = path.join(work, 'schema.ts');
  execFileSync(
    'npm',
    ['exec', '-w', 'web', '--', 'openapi-typescript', document, '-o', types, '--default-non-nullable', 'false'],
    { stdio: 'ignore' },
  );
  for (const [made, kept] of [
    [document, 'docs/openapi.json'],
    [types, 'web/src/api/schema.ts'],
  ] as const) {
    if (!check) writeFileSync(kept, readFileSync(made));
    else if (readFileSync(made, 'utf8') !== readFileSync(kept, 'utf8')) {
      console.error(`${kept} does not fit the schemas; run \`npm run openapi\` and commit it.`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(work, { recursive: true });
}
