import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import { shopLink } from './shop-link.ts';

/** In the words of the mail. */
const CHANGES = {
  password: 'Your password was changed.',
  email: 'The e-mail address you sign in with was changed.',
  two_factor_on: 'Signing in now asks for a code of your authenticator app.',
  two_factor_off: 'Signing in no longer asks for a code of your authenticator app.',
  backup_codes: 'New backup codes were made; the ones before no longer work.',
} as const;
export type SignInChange = keyof typeof CHANGES;

/** Mail somebody that the way they sign in was changed, so that a thief is noticed. */
export async function tellSignInChanged(
  tx: TransactionContext,
  login: { id: string; name: string; email: string },
  change: SignInChange,
): Promise<void> {
  await tx.app.outbox.queue(tx, {
    template: 'sign_in_changed',
    to: login.email,
    data: { name: login.name, what: CHANGES[change], url: shopLink(tx.app, '/forgot-password') },
    idempotencyKey: `sign_in_changed:${uuidv7()}`,
    cause: { kind: 'login', id: login.id },
  });
}
