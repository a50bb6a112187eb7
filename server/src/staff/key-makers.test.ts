import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createEmptyDatabase } from '../../test/database.ts';
import { openDb } from '../kit/db.ts';
import { MIGRATIONS_FOLDER, migrate } from '../kit/migrate.ts';

const AT = new Date('2026-03-01T12:00:00Z');

test('an upgrade finds who made the keys there are, and revokes those of users and staff who are gone', async () => {
  const database = await createEmptyDatabase();
  const { pool, close } = openDb(database.connection);
  const before = mkdtempSync(path.join(os.tmpdir(), 'hostwright-migrations-'));
  try {
    const old = (file: string) => !file.endsWith('.sql') || path.basename(file) < '0008';
    cpSync(MIGRATIONS_FOLDER, before, { recursive: true, filter: old });
    await migrate(pool, before);
    const [customer, there, gone, staff] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    await pool.query(
      `insert into customer (id, email, currency, created_at, updated_at) values ($1, 'a@b.test', 'EUR', $2, $2)`,
      [customer, AT],
    );
    for (const id of [there, staff])
      await pool.query(
        `insert into login_user (id, name, email, created_at, updated_at) values ($1::uuid, 'Somebody', $1 || '@b.test', $2, $2)`,
        [id, AT],
      );
    await pool.query(`insert into customer_user values ($1, $2, 'owner', $3)`, [customer, there, AT]);
    await pool.query(`insert into staff_member values ($1, 'admin', $2, $2)`, [staff, AT]);
    const key = async (name: string, makerId: string, owner: { customer: string } | { staff: string }) => {
      const id = uuidv7();
      const customerId = 'customer' in owner ? owner.customer : null;
      await pool.query(
        `insert into api_key (id, name, prefix, token_hash, scopes, customer_id, staff_user_id, created_at)
           values ($1, $2, 'hw', $2, '{portal}', $3, $4, $5)`,
        [id, name, customerId, 'staff' in owner ? owner.staff : null, AT],
      );
      await pool.query(
        `insert into audit (action, subject_kind, subject_id, actor, correlation_id, created_at)
           values ('api_key.created', 'api_key', $1, $2, $3, $4)`,
        [id, { kind: 'customer', userId: makerId }, uuidv7(), AT],
      );
    };
    await key('of one who is there', there, { customer });
    await key('of one who is gone', gone, { customer });
    await key('of staff who were shut out', staff, { staff });

    await migrate(pool, MIGRATIONS_FOLDER);
    const { rows } = await pool.query(
      `select name, made_by, revoked_at is not null as revoked, revoked_reason from api_key order by name`,
    );
    expect(rows).toEqual([
      { name: 'of one who is gone', made_by: null, revoked: true, revoked_reason: 'user_removed' },
      { name: 'of one who is there', made_by: there, revoked: false, revoked_reason: null },
      { name: 'of staff who were shut out', made_by: null, revoked: true, revoked_reason: 'staff_disabled' },
    ]);
  } finally {
    await close();
    await database.close();
    rmSync(before, { recursive: true, force: true });
  }
});
