import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { createToken } from './one-time-token.ts';
import { isSetUpNeeded } from './queries.ts';

const HOURS = 24;

/**
 * The token of a link with which somebody makes the owner of an empty shop. Every call makes another one; all of them
 * end with the first that is used, or after a day.
 *
 * @throws Conflict `already_set_up`
 */
export async function createSetUpLink(ctx: Context): Promise<string> {
  return ctx.transaction(async (tx) => {
    if (!(await isSetUpNeeded(tx.db))) throw new Conflict('already_set_up');
    return createToken(tx, { purpose: 'set_up', subjectId: null, hours: HOURS });
  });
}
