import { type Actor, customerIdOf } from './actor.ts';
import { Forbidden } from './errors.ts';

/** The customer a portal request acts for. @throws Forbidden `customers_only` for anybody else */
export function ownCustomerId(actor: Actor): string {
  const customerId = customerIdOf(actor);
  if (customerId === undefined) throw new Forbidden('customers_only');
  return customerId;
}
