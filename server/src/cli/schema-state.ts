import type pg from 'pg';
import { MIGRATIONS_FOLDER, MigrationError, readMigrations } from '../kit/migrate.ts';

/**
 * Numbers of the migrations this version has and the database lacks; nothing is changed.
 * @throws MigrationError when the database is newer than this version
 */
export async function missingMigrations(pool: pg.Pool): Promise<number[]> {
  const known = readMigrations(MIGRATIONS_FOLDER).map(({ number }) => number);
  const { rows: found } = await pool.query("select to_regclass('public.migration') is not null as migrated");
  if (!found[0].migrated) return known;
  const { rows } = await pool.query<{ number: number }>('select number from migration');
  const applied = new Set(rows.map(({ number }) => number));
  const newest = Math.max(0, ...applied);
  if (newest > known.length) {
    throw new MigrationError(
      `The database is newer than this version of Hostwright: it has migration ${newest}, and this version knows ${known.length}. Use the newer version.`,
    );
  }
  return known.filter((number) => !applied.has(number));
}
