/** Control routes under `/simulator`, for tests in other processes and for whoever plays with the demo. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Books } from './books.ts';
import type { Faults } from './faults.ts';
import type { Webhooks } from './webhooks.ts';

const deliverySchema = z.object({ delivery: z.enum(['now', 'twice', 'hold', 'drop']) });
const releaseSchema = z.object({ order: z.enum(['as_it_happened', 'reversed']).default('as_it_happened') });
const resendSchema = z.object({ event: z.string() });
const faultSchema = z.object({
  on: z.string(),
  kind: z.enum(['lose_answer', 'error_before', 'rate_limit']),
  times: z.int().min(1).optional(),
});

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
    const given: unknown = body === '' ? {} : JSON.parse(body);
    switch (`${request.method} ${request.url}`) {
      case 'POST /simulator/webhooks':
        webhooks.deliver(deliverySchema.parse(given).delivery);
        return reply(200, {});
      case 'POST /simulator/webhooks/release':
        await webhooks.release(releaseSchema.parse(given));
        return reply(200, {});
      case 'POST /simulator/webhooks/resend':
        await webhooks.resend(resendSchema.parse(given).event);
        return reply(200, {});
      case 'POST /simulator/faults':
        faults.add(faultSchema.parse(given));
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
