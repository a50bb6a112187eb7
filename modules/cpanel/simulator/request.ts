/** Reading a request's parameters: query and body together, the body winning on a clash. */
import type { ArrivedRequest } from '@hostwright/sdk/testing/panel-server';
import { Parameters } from './call.ts';

export function parametersOf({ query, headers, body }: ArrivedRequest): Parameters {
  if (body === '') return new Parameters(query);
  const fromBody = headers['content-type']?.startsWith('application/json')
    ? jsonPairs(body)
    : new URLSearchParams(body);
  const all = new URLSearchParams(query);
  for (const name of fromBody.keys()) all.delete(name);
  for (const [name, value] of fromBody) all.append(name, value);
  return new Parameters(all);
}

/** A body that is no JSON object counts as none, as the panel would find no parameters in it. */
function jsonPairs(body: string): URLSearchParams {
  const pairs = new URLSearchParams();
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return pairs;
  }
  if (typeof parsed !== 'object' || parsed === null) return pairs;
  for (const [name, value] of Object.entries(parsed)) {
    for (const one of Array.isArray(value) ? value : [value]) pairs.append(name, String(one));
  }
  return pairs;
}
