/** What customers are told of what the nights will do. */
import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { currency, day, id, idParams, minor } from '../kit/shapes.ts';

const charge = z
  .object({ on: day, label: z.string(), amountMinor: minor.openapi({ description: 'Credit is used first.' }) })
  .nullable()
  .openapi({ description: 'When a saved payment method will be charged, and which; null when none will.' });

export const readNextCharge = endpoint({
  method: 'get',
  path: '/portal/invoices/{id}/next-charge',
  tag: 'Invoices',
  access: 'customer',
  customerRight: 'billing',
  impersonation: 'refused',
  summary: 'Whether and when an invoice will be charged to what the customer saved',
  params: idParams,
  ok: z.object({ charge }),
});

export const readToDo = endpoint({
  method: 'get',
  path: '/portal/to-do',
  tag: 'Overview',
  access: 'customer',
  summary: 'What waits for the customer; money only for those who may see it',
  ok: z
    .object({
      suspended: z.array(z.object({ id, domain: z.string(), suspendCause: z.string().nullable() })),
      unpaid: z.array(
        z.object({
          id,
          number: z.string(),
          currency,
          dueMinor: minor,
          dueOn: day,
          overdue: z.boolean(),
          orderId: id.nullable().openapi({ description: 'The order that waits for it.' }),
          charge,
        }),
      ),
      unpaidTotal: z.int(),
      card: z
        .object({ label: z.string(), expiresIn: z.string(), over: z.boolean(), renewsOn: day })
        .nullable()
        .openapi({ description: 'The card that is charged first, when the next renewal comes after its end.' }),
      ending: z.array(z.object({ id, domain: z.string(), endsOn: day.nullable() })),
    })
    .openapi('ToDo'),
});
