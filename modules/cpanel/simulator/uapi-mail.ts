/** Mailboxes, through UAPI's `Email`. */
import { refuse } from './messages.ts';
import { checkEmail, checkPassword } from './names.ts';
import type { UapiCall, UapiFunctions } from './uapi-call.ts';

const BYTES_PER_MB = 1_048_576;

export const mailFunctions: UapiFunctions = {
  'Email::add_pop': { verb: 'createMailbox', run: addMailbox },
  'Email::delete_pop': {
    run: (call) => {
      const { [namedMailbox(call)]: _removed, ...mailboxes } = call.account.mailboxes;
      call.panel.saveAccount({ ...call.account, mailboxes });
      return null;
    },
  },
  'Email::passwd_pop': {
    run: (call) => {
      const { panel, account, parameters } = call;
      const email = namedMailbox(call);
      const password = parameters.required('password');
      checkPassword(panel, password, '');
      const mailbox = { quotaMb: 0, ...account.mailboxes[email], password };
      panel.saveAccount({ ...account, mailboxes: { ...account.mailboxes, [email]: mailbox } });
      return null;
    },
  },
  'Email::list_pops': {
    run: ({ account }) => Object.keys(account.mailboxes).map((email) => ({ email, login: email, suspended_login: 0 })),
  },
  'Email::list_pops_with_disk': { run: listMailboxes },
};

function addMailbox(call: UapiCall): string {
  const { panel, account, parameters } = call;
  const email = addressOf(call);
  const password = parameters.required('password');
  checkEmail(email);
  if (account.mailboxes[email] !== undefined) refuse('mailboxExists', { email });
  const limit = account.limits.maxpop;
  if (limit !== null && Object.keys(account.mailboxes).length >= limit) refuse('mailboxLimit', { limit });
  checkPassword(panel, password, '');
  const quotaMb = Number(parameters.text('quota') ?? 0);
  if (!(quotaMb >= 0)) refuse('parameterInvalid', { name: 'quota', reason: 'not a number' });
  panel.saveAccount({ ...account, mailboxes: { ...account.mailboxes, [email]: { password, quotaMb } } });
  return email.replace('@', '+');
}

/** The local part alone or the whole address; the domain must be the account's own. */
function addressOf({ account, parameters }: UapiCall): string {
  const given = parameters.required('email').toLowerCase();
  const [localPart = '', domain = parameters.text('domain')?.toLowerCase() ?? account.domain] = given.split('@', 2);
  if (domain !== account.domain) refuse('domainInvalid', { domain });
  return `${localPart}@${domain}`;
}

function namedMailbox(call: UapiCall): string {
  const email = addressOf(call);
  return call.account.mailboxes[email] === undefined ? refuse('mailboxAbsent', { email }) : email;
}

function listMailboxes({ account, parameters }: UapiCall) {
  const domain = parameters.text('domain');
  const own = { ...mailboxRow(account.user, 0), login: 'Main Account', email: 'Main Account', domain: '' };
  const rows = Object.entries(account.mailboxes).map(([email, { quotaMb }]) => mailboxRow(email, quotaMb));
  return [own, ...rows.filter((row) => domain === undefined || row.domain === domain)];
}

/** Byte counts come as text, megabytes as numbers. */
function mailboxRow(email: string, quotaMb: number) {
  const [user = '', domain = ''] = email.split('@');
  return {
    login: email,
    email,
    user,
    domain,
    _diskused: '0',
    _diskquota: String(quotaMb * BYTES_PER_MB),
    diskused: 0,
    diskquota: quotaMb === 0 ? 'unlimited' : quotaMb,
    suspended_login: 0,
  };
}
