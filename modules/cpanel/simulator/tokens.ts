/** API tokens, and how a full one makes a restricted one. */
import { randomText } from '@hostwright/sdk/testing/random';
import type { Outcome, WhmCall, WhmFunctions } from './call.ts';
import { refuse } from './messages.ts';
import type { Panel, Token } from './panel.ts';

const ACL = 'manage-api-tokens';

export const tokenFunctions: WhmFunctions = {
  api_token_create: { acl: ACL, run: createToken },
  api_token_list: {
    acl: ACL,
    run: (call) => ({
      data: { tokens: Object.fromEntries(tokensOf(call).map((token) => [token.name, tokenRow(token)])) },
    }),
  },
  api_token_revoke: {
    acl: ACL,
    run: (call) => {
      const name = call.parameters.required('token_name');
      const token = tokenNamed(call, name) ?? refuse('tokenAbsent', { name });
      call.panel.tokens.delete(token.secret);
      return {};
    },
  },
};

function createToken(call: WhmCall): Outcome {
  const { panel, caller, parameters } = call;
  const name = parameters.required('token_name');
  if (tokenNamed(call, name) !== undefined) refuse('tokenExists', { name });
  const acl = parameters.every('acl');
  const expires = Number(parameters.text('expires_at') ?? 0);
  const token = addToken(panel, {
    name,
    owner: caller.user,
    acl: acl.length === 0 ? ['all'] : acl,
    expiresAtSeconds: expires > 0 ? expires : null,
    addresses: parameters.every('whitelist_ip'),
  });
  return { data: { ...tokenRow(token), token: token.secret } };
}

export function addToken(panel: Panel, given: Omit<Token, 'secret' | 'createdAtSeconds'>): Token {
  const secret = randomText(panel.random, 32, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
  const token = { ...given, secret, createdAtSeconds: panel.nowSeconds() };
  panel.tokens.set(secret, token);
  return token;
}

const tokensOf = ({ panel, caller }: WhmCall) =>
  [...panel.tokens.values()].filter((token) => token.owner === caller.user);

const tokenNamed = (call: WhmCall, name: string) => tokensOf(call).find((token) => token.name === name);

/** Without the secret: it is shown once, at creation. */
const tokenRow = ({ name, acl, createdAtSeconds, expiresAtSeconds }: Token) => ({
  name,
  acls: Object.fromEntries(acl.map((one) => [one, 1])),
  create_time: createdAtSeconds,
  expires_at: expiresAtSeconds,
});
