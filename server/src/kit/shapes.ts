/** Shapes that every room's schemas share. */
import { z } from '@hono/zod-openapi';

export const id = z.uuid();
export const idParams = z.object({ id });
/** An instant, ISO 8601 in UTC. */
export const instant = z.iso.datetime();
/** A calendar day, YYYY-MM-DD. */
export const day = z.iso.date();
/** Minor units of the currency beside it: 1999 is 19.99 in USD. */
export const minor = z.int();
/** Minor units in a request: never negative, small enough for every sum. */
export const minorInput = z.int().min(0).max(1_000_000_000_000);
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');
export const cycle = z.enum([
  'monthly',
  'quarterly',
  'semi-annually',
  'annually',
  'biennially',
  'triennially',
  'one-time',
  'free',
]);
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and dashes')
  .max(80);
/** A line of text somebody typed. */
export const line = (max = 200) => z.string().trim().min(1).max(max);
export const blankLine = (max = 200) => z.string().trim().max(max).default('');
/** Values of declared fields; checked against the module's own schema by the verb. */
export const fieldValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const actorOut = z.object({ kind: z.string() }).catchall(z.unknown()).openapi('Actor');

/** A declared field of a module or gateway, as the web draws it. */
export const fieldOut = z
  .object({
    name: z.string(),
    kind: z.enum(['text', 'url', 'email', 'secret', 'textarea', 'number', 'toggle', 'checkbox', 'select', 'radio']),
    label: z.string(),
    help: z.string().optional(),
    placeholder: z.string().optional(),
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
    required: z.boolean(),
    choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
    choicesFrom: z.literal('listPackages').optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .openapi('Field');

/** Query of every list: where to go on, how many, in which order, which words. */
export const listQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  /** A sortable column; `-` in front turns it round. */
  sort: z.string().max(40).optional(),
  search: z.string().trim().max(200).optional(),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int().openapi({ description: 'Counted up to 10,000, with `search` up to 1,000.' }),
    more: z.boolean().openapi({ description: 'Whether there are more than `total`.' }),
  });
