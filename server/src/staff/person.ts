import type { Actor } from '../kit/actor.ts';
import { Forbidden, Unauthenticated } from '../kit/errors.ts';

/**
 * The login of whoever is there in person: what is asked is about that person.
 *
 * @throws Unauthenticated `sign_in_required`
 * @throws Forbidden `session_required` for keys, `not_while_impersonating` for staff who act as a customer
 */
export function personOf(actor: Actor): string {
  if (actor.kind === 'visitor') throw new Unauthenticated('sign_in_required');
  if (actor.kind !== 'staff' && actor.kind !== 'customer') throw new Forbidden('session_required');
  if (actor.kind === 'customer' && actor.impersonatedBy !== undefined) throw new Forbidden('not_while_impersonating');
  return actor.userId;
}
