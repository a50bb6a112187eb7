/** cPanel accounts on a WHM server. */
import { defineModule, secret, select, text, toggle } from '@hostwright/sdk';
import { findAccount, listAccounts, userOf } from './accounts.ts';
import { whm } from './api.ts';
import { installCertificate } from './certificate.ts';
import { testConnection } from './connection.ts';
import { createAccount } from './create.ts';
import { createDatabase } from './database.ts';
import { configureDns } from './dns.ts';
import { EXTRA_FIELDS, giveExtras } from './extras.ts';
import { changePackage, changePassword, suspendAccount, terminateAccount, unsuspendAccount } from './lifecycle.ts';
import { createMailbox } from './mailbox.ts';
import { USERNAME_RULES } from './names.ts';
import { listPackages } from './packages.ts';
import { signOn } from './sign-on.ts';
import { readUsage } from './usage.ts';

export default defineModule({
  sdk: 1,
  id: 'cpanel',
  name: 'cPanel & WHM',
  description: 'Accounts on a cPanel server, through WHM API 1.',
  defaultPort: 2087,
  // Creating and removing rebuild files that all accounts of a server share.
  defaultConcurrency: 1,
  server: {
    username: text('WHM user', { default: 'root', help: 'root or a reseller: the user the API token was made for.' }),
    token: secret(
      'API token',
      'WHM: Development > Manage API Tokens. Name it after this shop; the README lists the privileges.',
    ),
    singleSignOn: toggle('Sign customers on', {
      default: true,
      help: 'Needs the privilege create-user-session, with which the token opens any account. Off: use a smaller token.',
    }),
    signOnHost: text('Host name in sign-on links', {
      required: false,
      help: "Blank uses the server's own. Give one with a valid certificate if that one has none.",
    }),
  },
  product: {
    package: select('Package', [], {
      choicesFrom: 'listPackages',
      help: 'As named in WHM, a reseller prefix included.',
    }),
    ...EXTRA_FIELDS,
    dedicatedIp: toggle('Dedicated IP address', 'One of the free addresses of the server.'),
    mailAuthentication: toggle('SPF, DKIM and DMARC', {
      default: true,
      help: 'Written into the zone when the account is made. Off leaves it to the settings of the server.',
    }),
    keepDns: toggle('Keep the DNS zone after termination', {
      help: 'In a DNS cluster, removing the zone also cuts off a customer who moved away but still uses its nameservers.',
    }),
  },
  usernames: USERNAME_RULES,
  passwords: { length: 20, symbols: '-_.' },
  retries: {
    create: { timeoutSeconds: 360 },
    terminate: { timeoutSeconds: 360 },
    suspend: { timeoutSeconds: 180 },
    unsuspend: { timeoutSeconds: 180 },
    changePackage: { timeoutSeconds: 180 },
    changePassword: { timeoutSeconds: 180 },
  },

  testConnection: (call) => testConnection(whm(call), call.server),
  find: (call) => findAccount(whm(call), call.account),
  async create(call) {
    const account = await createAccount(whm(call), call.wanted, call.product, call.signal);
    await giveExtras(whm(call), account.username, call.product.package, call.product);
    return account;
  },
  suspend: (call) => suspendAccount(whm(call), call.account, call.reason),
  unsuspend: (call) => unsuspendAccount(whm(call), call.account),
  terminate: (call) => terminateAccount(whm(call), call.account, call.product.keepDns),
  async changePackage(call) {
    await changePackage(whm(call), call.account, call.product.package);
    await giveExtras(whm(call), userOf(call.account), call.product.package, call.product);
  },
  changePassword: (call) => changePassword(whm(call), call.account, call.password),

  configureDns: (call) => configureDns(whm(call), call.account, call.records),
  installCertificate: (call) => installCertificate(whm(call), call.account),
  createMailbox: (call) => createMailbox(whm(call), call.account, call.mailbox),
  createDatabase: (call) => createDatabase(whm(call), call.account, call.database),

  listAccounts: (call) => listAccounts(whm(call)),
  listPackages: (call) => listPackages(whm(call)),
  usage: (call) => readUsage(whm(call)),
  signOn: (call) => signOn(whm(call), call.account, call.server, call.app),
  panelUrl: (server) => `https://${server.signOnHost || server.hostname}:2083`,
});
