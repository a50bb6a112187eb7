import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../test/world.ts';
import { addDays } from '../kit/calendar.ts';

const BIN = path.join(import.meta.dirname, '../../bin/hostwright.js');

let world: World;
let folder: string;
let dueOn: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hostwright-cli-'));
  world = await createWorld({ now: new Date().toISOString() });
  const { serviceId } = await world.buys({ domain: 'bakery.test' });
  dueOn = (await world.service(serviceId)).nextDueOn ?? '';
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

/** The command as an operator runs it: a process of its own, on the world's database and by the machine's clock. */
async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: world.database.url,
    HOSTWRIGHT_DATA: folder,
    HOSTWRIGHT_KEY: world.app.config.key,
  };
  return promisify(execFile)(process.execPath, [BIN, 'automation', 'run', ...words], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}

test('a dry run lists what another day would do and changes nothing; a run does what is due', async () => {
  const day = addDays(dueOn, -7);
  const { out } = await run('nightly', '--date', day, '--dry-run');
  expect(out).toMatch(/^RUNG .*\nrenewal_invoice +\S+ +bakery\.test +Invoice the period from \d+ \w+ \d{4}\n$/);
  expect(await world.app.db.selectFrom('automationStep').select('rung').execute()).toEqual([]);

  const done = await run('renewal_invoice', '--json');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.out)).toMatchObject({
    name: 'renewal_invoice',
    counts: { renewal_invoice: { done: 0, postponed: 0, failed: 0 } },
  });
});

test('a day to come, a day that is none and a rung that is none are refused', async () => {
  expect(await run('nightly', '--date', dueOn)).toMatchObject({
    code: 1,
    err: expect.stringContaining('day_in_future'),
  });
  expect(await run('nightly', '--date', '31.1.2026')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Write it as YYYY-MM-DD'),
  });
  expect(await run('yearly')).toMatchObject({ code: 2, err: expect.stringContaining('nightly') });
});
