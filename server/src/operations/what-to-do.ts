/** What staff can do about a failed operation, by the module's failure code. */

const ADVICE: Record<string, string> = {
  username_taken: 'Every name we tried is taken on the panel. Retry with a name of your own choice.',
  username_invalid: 'The panel refuses the names we made. Retry with a name of your own choice.',
  domain_taken:
    'The panel has this domain in another account. Find out whose it is; then remove it there and retry, retry with another domain, or give up.',
  domain_invalid: 'The panel does not accept this domain. Ask the customer, then retry with another one, or give up.',
  package_missing:
    'The package named in the product does not exist on the server. Create it there, or correct the product, and retry.',
  package_denied:
    'The panel user may not use this package. Allow it on the panel, or choose another in the product, and retry.',
  password_rejected:
    'The panel finds the password too weak. Lower the required strength there, or retry with another one.',
  not_found:
    'The account is not on the panel. If it was removed there on purpose, resolve the operation; else restore it and retry.',
  suspended: 'The panel does not allow this while the account is suspended. Bring it back first, then retry.',
  server_full:
    'The server takes no more accounts. Raise its limit or licence, or add a server to the group, and retry.',
  permission:
    'The panel user lacks a privilege. Test the connection on the server page: it lists what is missing. Then retry.',
  auth: 'Check user name and token on the server page and test the connection. Then retry.',
  certificate: 'Test the connection on the server page and confirm the certificate. Then retry.',
  unreachable: 'Check that the panel runs and that its firewall lets this machine in. Then retry.',
  lost: 'The panel did not answer in time. Retry looks at what was done before doing anything.',
  rate_limited: 'The panel blocked us for too many calls. Allow this machine in its firewall or cPHulk, then retry.',
  quota_full: 'The account or the server is out of space. Make room and retry.',
  protocol: 'The panel answered with something unexpected; see the panel log of this operation. Retry looks first.',
  module_missing: 'The module is not loaded. See Modules for the reason, rescan, and retry.',
  no_capacity: 'No server of the group has room. Add one or raise a limit: waiting orders go on by themselves.',
  server_unavailable: 'The server does not answer. It is tried again by itself; its page shows why.',
};

const ANYTHING_ELSE = 'Read the panel log of this operation. Retry looks at the panel first and does nothing twice.';

export const whatToDo = (code: string | null): string =>
  code === null ? ANYTHING_ELSE : (ADVICE[code] ?? ANYTHING_ELSE);
