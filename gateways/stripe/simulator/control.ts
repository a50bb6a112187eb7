/** Control routes under `/simulator`, for tests in other processes and for whoever plays with the demo. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Books } from './books.ts';
import type { Faults } from './faults.ts';
import type { Webhooks } from './webhooks.ts';

type Given = Record<string, unknown>;

/** @throws TypeError naming what it must be */
function oneOf<T extends string>(given: Given, name: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === given[name]);
  if (chosen === undefined) throw new TypeError(`"${name}" must be one of ${choices.join(', ')}.`);
  return chosen;
}

function textIn(given: Given, name: string): string {
  const value = given[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`"${name}" is missing.`);
  return value;
}

const DELIVERIES = ['now', 'twice', 'hold', 'drop'] as const;
const ORDERS = ['as_it_happened', 'reversed'] as const;
const FAULTS = ['lose_answer', 'error_before', 'error_after', 'in_use', 'rate_limit'] as const;

export async function answerControl(
  { webhooks, faults, books }: { webhooks: Webhooks; faults: Faults; books: Books },
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): Promise<void> {
  const reply = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  try {
    const given: Given = body === '' ? {} : JSON.parse(body);
    switch (`${request.method} ${request.url}`) {
      case 'POST /simulator/webhooks':
        webhooks.deliver(oneOf(given, 'delivery', DELIVERIES));
        return reply(200, {});
      case 'POST /simulator/webhooks/release':
        await webhooks.release({ order: oneOf({ order: 'as_it_happened', ...given }, 'order', ORDERS) });
        return reply(200, {});
      case 'POST /simulator/webhooks/resend':
        await webhooks.resend(textIn(given, 'event'));
        return reply(200, {});
      case 'POST /simulator/faults':
        faults.add({
          on: textIn(given, 'on'),
          kind: oneOf(given, 'kind', FAULTS),
          times: typeof given.times === 'number' ? given.times : undefined,
        });
        return reply(200, {});
      case 'DELETE /simulator/faults':
        faults.clear();
        return reply(200, {});
      case 'GET /simulator/charges':
        return reply(200, [...books.charges.values()]);
      default:
        return reply(404, { error: 'There is no such control.' });
    }
  } catch (error) {
    reply(400, { error: (error as Error).message });
  }
}
