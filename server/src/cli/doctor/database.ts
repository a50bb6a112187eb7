import type { Config } from '../../config.ts';
import { hasSearchIndexes } from '../../kit/search-indexes.ts';
import { closedSecrets } from '../closed-secrets.ts';
import { missingMigrations } from '../schema-state.ts';
import type { CommandDatabase } from '../with-database.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const OLDEST_MAJOR = 15;
const SKEW_SECONDS = 2;
const TOO_MUCH_SKEW_SECONDS = 30;

/** The server, its clock and its schema. */
export async function examineDatabase({ pool, config }: CommandDatabase): Promise<Finding[]> {
  const { rows } = await pool.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const { number = 0, version = '' } = rows[0] ?? {};
  const kind = config.databaseUrl === undefined ? 'embedded' : 'by DATABASE_URL';
  const findings = [
    Math.floor(number / 10_000) < OLDEST_MAJOR
      ? fail('Database', `PostgreSQL ${version}`, `Use PostgreSQL ${OLDEST_MAJOR} or newer.`)
      : ok('Database', `PostgreSQL ${version}, ${kind}`),
  ];
  const missing = await missingMigrations(pool);
  findings.push(
    missing.length > 0
      ? fail('Schema', `lacks migration ${missing.join(', ')}`, 'Run `hostwright migrate`.')
      : ok('Schema', 'up to date'),
  );
  if (missing.length === 0) findings.push(judgeSearch(await hasSearchIndexes(pool)));
  const before = Date.now();
  const { rows: clock } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  const here = (before + Date.now()) / 2;
  findings.push(judgeSkew(((clock[0]?.now.getTime() ?? here) - here) / 1000));
  return findings;
}

export const judgeSearch = (indexed: boolean): Finding =>
  indexed
    ? ok('Search', 'has its indexes')
    : warn(
        'Search',
        'reads whole tables, which gets slow in a big shop: PostgreSQL did not allow the extension pg_trgm.',
        'Allow it (managed servers have a list of allowed extensions) and run `hostwright migrate`.',
      );

/** @param seconds how far the database's clock is ahead of ours */
export function judgeSkew(seconds: number): Finding {
  const size = Math.abs(seconds);
  const message =
    size < SKEW_SECONDS
      ? 'the same here and in the database'
      : `the database is ${size.toFixed(1)} seconds ${seconds > 0 ? 'ahead' : 'behind'}`;
  if (size < SKEW_SECONDS) return ok('Clock', message);
  const judge = size < TOO_MUCH_SKEW_SECONDS ? warn : fail;
  return judge('Clock', message, 'Keep both machines on time with NTP: retries and due days go by the clock.');
}

export async function examineSecrets({ db }: CommandDatabase, config: Config): Promise<Finding[]> {
  const closed = await closedSecrets(db, config);
  if (closed.length === 0) return [ok('Secrets', 'every stored secret has its master key')];
  return closed.map((message) => fail('Secrets', message, 'Bring back the key; a value without it is lost.'));
}
