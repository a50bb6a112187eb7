/** Logins of the demo shop, shown on its sign-in page. A real shop has none, and nothing reads them there. */
import type { Db } from '../kit/db.ts';

export interface DemoLogin {
  label: string;
  email: string;
  password: string;
}

const KEY = 'demo_logins';

export async function readDemoLogins(db: Db): Promise<DemoLogin[]> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst();
  return (row?.value as DemoLogin[] | undefined) ?? [];
}

export async function storeDemoLogins(db: Db, logins: DemoLogin[], now: Date): Promise<void> {
  const row = { value: JSON.stringify(logins), updatedAt: now };
  await db
    .insertInto('setting')
    .values({ key: KEY, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}
