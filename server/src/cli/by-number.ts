import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { CommandError } from './command-error.ts';

const NUMBER = /^#?(\d{1,18})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id behind what people type: the id itself, or the number that mails and pages show.
 *
 * @throws NotFound `service_not_found` or `order_not_found`; whether an id is anybody's is not looked up
 * @throws CommandError `wrong_id` when it is neither
 */
export async function idOf(ctx: Context, kind: 'service' | 'order', typed: string): Promise<string> {
  const number = NUMBER.exec(typed)?.[1];
  if (number === undefined) return requireId(typed, `${kind} number or id`);
  const found = await ctx.db.selectFrom(kind).select('id').where('number', '=', BigInt(number)).executeTakeFirst();
  if (!found) throw new NotFound(`${kind}_not_found`, { number: Number(number) });
  return found.id;
}

/** @throws CommandError `wrong_id`: the database would call it a bug */
export function requireId(typed: string, what: string): string {
  if (UUID.test(typed)) return typed.toLowerCase();
  throw new CommandError('wrong_id', `"${typed}" is no ${what}.`);
}
