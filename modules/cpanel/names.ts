/** What cPanel allows as a username, checked here as well because a refusal comes in the panel's language. */
import { Refused, type UsernameRules, type WantedAccount } from '@hostwright/sdk';

export const USERNAME_RULES: UsernameRules = {
  // WHM takes 16, but 8 on old servers, may want the first 8 unique, and prefixes databases with the first 8.
  maxLength: 8,
  pattern: '[a-z][a-z0-9]{0,15}',
  refusedPrefixes: ['test'],
  refusedSuffixes: ['assword'],
  reserved: (
    'abrt abuse adm admin amandabackup apache bin cpanel daemon dbus ftp games gopher haldaemon halt hostmaster info lp ' +
    'mail mailer-daemon mailman marketing mysql named newsadm newsadmin news nobody ntp operator postfix postgres ' +
    'postmaster root sales saslauth security shutdown sshd support sync system tcpdump usenet user uucp vcsa virtfs ' +
    'webmaster wheel whm xfs'
  ).split(' '),
};

const PATTERN = new RegExp(`^(?:${USERNAME_RULES.pattern})$`);

/** @throws Refused `username_invalid` or `password_rejected` before the panel is asked. */
export function refuseImpossibleNames({ username, password }: WantedAccount): void {
  const { reserved, refusedPrefixes = [], refusedSuffixes = [] } = USERNAME_RULES;
  const allowed =
    PATTERN.test(username) &&
    !reserved.includes(username) &&
    !refusedPrefixes.some((prefix) => username.startsWith(prefix)) &&
    !refusedSuffixes.some((suffix) => username.endsWith(suffix));
  if (!allowed) {
    throw new Refused('The server does not allow this username.', {
      code: 'username_invalid',
      detail: `cPanel takes 1 to 16 lower-case letters and digits, a letter first, nothing reserved; not "${username}".`,
    });
  }
  if (password.includes(username)) {
    throw new Refused('The server asks for a stronger password.', {
      code: 'password_rejected',
      detail: 'cPanel refuses a password that contains the username.',
    });
  }
}
