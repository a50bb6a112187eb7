/** How an API key looks. Only its hash is stored: it has 256 random bits, so a fast hash is enough. */
import { createHash, randomBytes } from 'node:crypto';

const START = 'hw_';
const PREFIX_LENGTH = START.length + 8;

export function createApiKeyToken(): { token: string; prefix: string; tokenHash: string } {
  const token = `${START}${randomBytes(32).toString('base64url')}`;
  return { token, prefix: token.slice(0, PREFIX_LENGTH), tokenHash: hashApiKeyToken(token) };
}

export const hashApiKeyToken = (token: string) => createHash('sha256').update(token).digest('hex');
