/** What happened, and who is told. */
import type { Bank } from '../banking.ts';
import { find, newId, page } from '../books.ts';
import { type Form, listOf, marksIn, textOf } from '../form.ts';
import type { WebhookEndpoint } from '../objects.ts';
import { invalidRequest, required } from '../stripe-error.ts';
import { PAGING, routesFor, updated } from './route.ts';

const events = routesFor('event');
const endpoints = routesFor('webhook');
const told = ({ secret: _, ...endpoint }: WebhookEndpoint) => endpoint;

export const EVENTS = [
  events('GET', 'events', `${PAGING} created delivery_success type types`, ({ bank, given, path }) => {
    const types = [given.type, ...listOf(given.types)].filter((type) => typeof type === 'string');
    const rows = [...bank.books.events.values()].filter(({ type }) => types.length === 0 || types.some(covers(type)));
    return page(rows, given, path);
  }),
  events('GET', 'events/{id}', '', ({ bank, id }) => find(bank.books.events, id, 'event')),
  endpoints(
    'POST',
    'webhook_endpoints',
    'enabled_events url api_version connect description metadata',
    ({ bank, given }) => createEndpoint(bank, given),
  ),
  endpoints('GET', 'webhook_endpoints', PAGING, ({ bank, given, path }) => {
    const list = page(bank.books.endpoints.values(), given, path);
    return { ...list, data: list.data.map(told) };
  }),
  endpoints('GET', 'webhook_endpoints/{id}', '', ({ bank, id }) =>
    told(find(bank.books.endpoints, id, 'webhook endpoint')),
  ),
  endpoints(
    'POST',
    'webhook_endpoints/{id}',
    'description disabled enabled_events metadata url',
    ({ bank, id, given }) => {
      const before = updated(find(bank.books.endpoints, id, 'webhook endpoint'), given, []);
      const endpoint: WebhookEndpoint = {
        ...before,
        url: textOf(given.url) ?? before.url,
        enabled_events: 'enabled_events' in given ? eventsIn(given) : before.enabled_events,
        status: 'disabled' in given ? (given.disabled === 'true' ? 'disabled' : 'enabled') : before.status,
      };
      bank.books.endpoints.set(id, endpoint);
      return told(endpoint);
    },
  ),
  endpoints('DELETE', 'webhook_endpoints/{id}', '', ({ bank, id }) => {
    find(bank.books.endpoints, id, 'webhook endpoint');
    bank.books.endpoints.delete(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
];

/** `payment_intent.*` covers all of a kind. */
const covers = (type: string) => (wanted: string) =>
  wanted === '*' || wanted === type || (wanted.endsWith('.*') && type.startsWith(wanted.slice(0, -1)));

const eventsIn = (given: Form) => listOf(given.enabled_events).filter((event) => typeof event === 'string');

export function createEndpoint({ books, now }: Pick<Bank, 'books' | 'now'>, given: Form): WebhookEndpoint {
  const url = textOf(given.url);
  if (url === undefined) throw required('url');
  if (listOf(given.enabled_events).length === 0) throw required('enabled_events');
  if (!URL.canParse(url))
    throw invalidRequest('Invalid URL: An explicit scheme (such as https) must be provided.', { param: 'url' });
  const endpoint: WebhookEndpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    created: now(),
    livemode: false,
    metadata: marksIn(given.metadata),
    api_version: textOf(given.api_version) ?? null,
    application: null,
    description: textOf(given.description) ?? null,
    enabled_events: eventsIn(given),
    secret: newId('whsec'),
    status: 'enabled',
    url,
  };
  books.endpoints.set(endpoint.id, endpoint);
  return endpoint;
}
