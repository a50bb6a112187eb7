import type { Actor } from '../kit/actor.ts';
import { Forbidden } from '../kit/errors.ts';
import { customerRightsOf } from '../kit/permissions.ts';
import { personOf } from './person.ts';
import type { KeyOwner } from './queries.ts';

/**
 * Whose keys somebody manages: their own. A key manages no keys, so that a stolen one cannot outlive its end.
 *
 * @throws Unauthenticated `sign_in_required`
 * @throws Forbidden `session_required`, `not_while_impersonating`; `right_missing` for users of a customer who are no
 *   owner
 */
export function keyOwnerOf(actor: Actor): KeyOwner {
  const userId = personOf(actor);
  if (actor.kind !== 'customer') return { staffUserId: userId };
  if (!customerRightsOf(actor).includes('owner')) throw new Forbidden('right_missing', { right: 'owner' });
  return { customerId: actor.customerId };
}
