import { uuidv7 } from 'uuidv7';
import type { Context } from '../kit/context.ts';
import { Forbidden, Invalid, Unauthenticated } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { CUSTOMER_SCOPE_NAMES, permissionsOf } from '../kit/permissions.ts';
import { createApiKeyToken } from './api-key-token.ts';
import { keyOwnerOf } from './key-owner.ts';
import { personOf } from './person.ts';
import { type ApiKeyRow, findKeyOf, holdKeyMaker } from './queries.ts';

/**
 * Make a key that acts for whoever asks, within its scopes and never beyond what they may do at that moment.
 *
 * @param input.expiresOn last calendar day, in UTC, on which it works; for ever when not given
 * @returns the token is given out here and never again
 * @throws Forbidden `scope_not_yours` naming the scopes the caller lacks
 * @throws Invalid `already_expired`
 * @throws Unauthenticated `sign_in_required` when the caller was shut out meanwhile
 */
export async function createApiKey(
  ctx: Context,
  input: { name: string; scopes: string[]; expiresOn?: string | undefined },
): Promise<{ token: string; apiKey: ApiKeyRow }> {
  const userId = personOf(ctx.actor);
  const owner = keyOwnerOf(ctx.actor);
  const own: readonly string[] = 'customerId' in owner ? CUSTOMER_SCOPE_NAMES : permissionsOf(ctx.actor);
  const scopes = [...new Set(input.scopes)];
  const foreign = scopes.filter((scope) => !own.includes(scope));
  if (foreign.length > 0) throw new Forbidden('scope_not_yours', { scopes: foreign });
  const expiresAt = input.expiresOn === undefined ? null : endOfDay(input.expiresOn);
  if (expiresAt && expiresAt <= ctx.clock.now()) {
    throw new Invalid('already_expired', { issues: [{ path: 'expiresOn', message: 'must not be in the past' }] });
  }
  return ctx.transaction(async (tx) => {
    if (!(await holdKeyMaker(tx.db, owner, userId))) throw new Unauthenticated('sign_in_required');
    const id = uuidv7();
    const madeBy = 'customerId' in owner ? userId : null;
    const { token, prefix, tokenHash } = createApiKeyToken();
    await tx.db
      .insertInto('apiKey')
      .values({
        id,
        name: input.name,
        prefix,
        tokenHash,
        scopes,
        ...owner,
        madeBy,
        createdAt: tx.clock.now(),
        expiresAt,
      })
      .execute();
    await audit(tx, 'api_key.created', { kind: 'api_key', id }, { after: { name: input.name, prefix, scopes } });
    return { token, apiKey: (await findKeyOf(tx.db, owner, id)) as ApiKeyRow };
  });
}

const endOfDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3_600_000);
