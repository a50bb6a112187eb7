import type { Actor } from '../kit/actor.ts';
import { Forbidden, Unauthenticated } from '../kit/errors.ts';
import type { KeyOwner } from './queries.ts';

/**
 * Whose keys somebody manages: their own. A key manages no keys, so that a stolen one cannot outlive its end.
 *
 * @throws Unauthenticated `sign_in_required`, Forbidden `session_required`
 */
export function keyOwnerOf(actor: Actor): KeyOwner {
  if (actor.kind === 'staff') return { staffUserId: actor.userId };
  if (actor.kind === 'customer') return { customerId: actor.customerId };
  if (actor.kind === 'visitor') throw new Unauthenticated('sign_in_required');
  throw new Forbidden('session_required');
}
