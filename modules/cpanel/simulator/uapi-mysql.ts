/** Databases and their users, through UAPI's `Mysql`. Names are never prefixed for the caller, only checked. */
import { randomText } from '@hostwright/sdk/testing/random';
import { refuse } from './messages.ts';
import { checkPassword } from './names.ts';
import type { UapiCall, UapiFunctions } from './uapi-call.ts';

const DATABASE_NAME_LENGTH = 64;
const USER_NAME_LENGTH = 47;
const DATABASE_BYTES = 16_384;

export const mysqlFunctions: UapiFunctions = {
  'Mysql::get_restrictions': {
    run: (call) => ({
      prefix: prefixOf(call),
      max_database_name_length: DATABASE_NAME_LENGTH,
      max_username_length: USER_NAME_LENGTH,
    }),
  },
  'Mysql::create_database': {
    verb: 'createDatabase',
    run: (call) => {
      addDatabase(call, call.parameters.required('name'));
      return null;
    },
  },
  'Mysql::create_user': {
    verb: 'createDatabase',
    run: (call) => {
      addUser(call, call.parameters.required('name'), call.parameters.required('password'));
      return null;
    },
  },
  'Mysql::set_privileges_on_database': {
    verb: 'createDatabase',
    run: ({ panel, account, parameters }) => {
      const user = parameters.required('user');
      const name = parameters.required('database');
      const privileges = parameters.required('privileges');
      const users = account.databases[name] ?? refuse('databaseNotYours', { name });
      if (account.databaseUsers[user] === undefined) refuse('databaseUserNotYours', { name: user });
      const databases = { ...account.databases, [name]: { ...users, [user]: privileges } };
      panel.saveAccount({ ...account, databases });
      return null;
    },
  },
  'Mysql::set_password': {
    run: ({ panel, account, parameters }) => {
      const user = parameters.required('user');
      const password = parameters.required('password');
      if (account.databaseUsers[user] === undefined) refuse('databaseUserNotYours', { name: user });
      checkPassword(panel, password, user);
      panel.saveAccount({ ...account, databaseUsers: { ...account.databaseUsers, [user]: password } });
      return null;
    },
  },
  'Mysql::delete_database': {
    run: ({ panel, account, parameters }) => {
      const name = parameters.required('name');
      if (account.databases[name] === undefined) refuse('databaseNotYours', { name });
      const { [name]: _removed, ...databases } = account.databases;
      panel.saveAccount({ ...account, databases });
      return null;
    },
  },
  'Mysql::delete_user': {
    run: ({ panel, account, parameters }) => {
      const name = parameters.required('name');
      if (account.databaseUsers[name] === undefined) refuse('databaseUserNotYours', { name });
      const { [name]: _removed, ...databaseUsers } = account.databaseUsers;
      panel.saveAccount({ ...account, databaseUsers });
      return null;
    },
  },
  'Mysql::list_databases': {
    run: ({ account }) =>
      Object.entries(account.databases).map(([database, users]) => ({
        database,
        disk_usage: DATABASE_BYTES,
        users: Object.keys(users),
      })),
  },
  'Mysql::list_users': {
    run: (call) =>
      Object.keys(call.account.databaseUsers).map((user) => ({
        user,
        shortuser: user.slice(prefixOf(call).length),
        databases: Object.keys(call.account.databases).filter((name) => user in (call.account.databases[name] ?? {})),
      })),
  },
  'Mysql::setup_db_and_user': { verb: 'createDatabase', run: setUpBoth },
};

const prefixOf = ({ account }: UapiCall) => `${account.user.slice(0, 8)}_`;

function checkName(call: UapiCall, name: string, limit: number): void {
  const prefix = prefixOf(call);
  if (!name.startsWith(prefix) || name === prefix) refuse('prefixMissing', { name, prefix });
  if (name.length > limit) refuse('nameTooLong', { name, limit });
}

/** Names of databases and of their users are unique on the whole server, but the prefix keeps accounts apart. */
function addDatabase(call: UapiCall, name: string): void {
  const { panel, account } = call;
  checkName(call, name, DATABASE_NAME_LENGTH);
  if (account.databases[name] !== undefined) refuse('databaseExists', { name });
  const limit = account.limits.maxsql;
  if (limit !== null && Object.keys(account.databases).length >= limit) refuse('databaseLimit', { limit });
  panel.saveAccount({ ...account, databases: { ...account.databases, [name]: {} } });
}

function addUser(call: UapiCall, name: string, password: string): void {
  const { panel, account } = call;
  checkName(call, name, USER_NAME_LENGTH);
  if (account.databaseUsers[name] !== undefined) refuse('databaseUserExists', { name });
  checkPassword(panel, password, name);
  panel.saveAccount({ ...account, databaseUsers: { ...account.databaseUsers, [name]: password } });
}

function setUpBoth(call: UapiCall) {
  const { panel, account, parameters } = call;
  const middle = parameters.text('prefix')?.slice(0, 6) ?? '';
  const database = `${prefixOf(call)}${middle}${randomText(panel.random, 6)}`;
  const password = `${randomText(panel.random, 18)}Aa1.`;
  addDatabase(call, database);
  const withDatabase = panel.accounts.get(account.user) ?? account;
  panel.saveAccount({
    ...withDatabase,
    databases: { ...withDatabase.databases, [database]: { [database]: 'ALL PRIVILEGES' } },
    databaseUsers: { ...withDatabase.databaseUsers, [database]: password },
  });
  const made = { database, database_user: database, database_user_password: password };
  return { ...made, hostname: 'localhost', port: 3306 };
}
