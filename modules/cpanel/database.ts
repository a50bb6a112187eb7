/** A MySQL or MariaDB database with a user of its own. cPanel demands its prefix on both names and does not add it. */
import type { AccountRef, DatabaseCreated } from '@hostwright/sdk';
import { userOf } from './accounts.ts';
import { unreadable, type Whm } from './api.ts';
import { isRefusalOfPanel } from './failures.ts';
import { requireAccount } from './lifecycle.ts';
import { asNumber, asRecord, asRecords, asText, asTexts } from './wire.ts';

/** What any server takes, when it does not tell its limits: MySQL's for databases, MySQL 5.6's for users. */
const DATABASE_LENGTH = 64;
const USER_LENGTH = 16;

export async function createDatabase(
  api: Whm,
  account: AccountRef,
  wanted: { name: string; password: string },
): Promise<DatabaseCreated> {
  await requireAccount(api, account);
  const owner = userOf(account);
  const names = await namesFor(api, owner, wanted.name);
  const made = { ...names, host: 'localhost', port: 3306 };
  const users = await usersOf(api, owner, names.database);
  if (users === undefined) await makeDatabase(api, owner, names.database);
  if (users?.includes(names.user)) return made;
  await makeUser(api, owner, names, wanted.password);
  return made;
}

async function namesFor(api: Whm, owner: string, name: string): Promise<{ database: string; user: string }> {
  const limits = asRecord(await api.uapiRead(owner, 'Mysql::get_restrictions'));
  const whole = `${asText(limits?.prefix)}${name}`;
  return {
    database: whole.slice(0, asNumber(limits?.max_database_name_length) ?? DATABASE_LENGTH),
    user: whole.slice(0, asNumber(limits?.max_username_length) ?? USER_LENGTH),
  };
}

/** The users who may use a database; `undefined` when there is no such database. */
async function usersOf(api: Whm, owner: string, database: string): Promise<string[] | undefined> {
  const databases = asRecords(await api.uapiRead(owner, 'Mysql::list_databases'));
  if (databases === undefined) throw unreadable('Mysql::list_databases', 'no list of databases', false);
  const found = databases.find((one) => asText(one.database) === database);
  return found && asTexts(found.users);
}

async function makeDatabase(api: Whm, owner: string, name: string): Promise<void> {
  try {
    await api.uapiWrite(owner, 'Mysql::create_database', { name });
  } catch (failure) {
    if (!isRefusalOfPanel(failure) || (await usersOf(api, owner, name)) === undefined) throw failure;
  }
}

/** cPanel refuses a user that is there already in words only; a grant that works proves that it is there. */
async function makeUser(
  api: Whm,
  owner: string,
  { database, user }: { database: string; user: string },
  password: string,
): Promise<void> {
  const refusal = await api
    .uapiWrite(owner, 'Mysql::create_user', { name: user, password }, { secrets: [password] })
    .then(
      () => undefined,
      (failure: unknown) => {
        if (isRefusalOfPanel(failure)) return failure;
        throw failure;
      },
    );
  try {
    await api.uapiWrite(owner, 'Mysql::set_privileges_on_database', { user, database, privileges: 'ALL PRIVILEGES' });
  } catch (failure) {
    throw isRefusalOfPanel(failure) ? (refusal ?? failure) : failure;
  }
}
