import type { Actor } from '../kit/actor.ts';
import { Forbidden, Unauthenticated } from '../kit/errors.ts';

/** Whether somebody acts on their own login, in person or by a key. */
export function isActor(actor: Actor, userId: string): boolean {
  if (actor.kind === 'staff') return actor.userId === userId;
  return actor.kind === 'api_key' && actor.owner.kind === 'staff' && actor.owner.userId === userId;
}

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
