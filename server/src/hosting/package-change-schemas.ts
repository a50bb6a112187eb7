import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { currency, cycle, day, id, idParams, instant, listQuery, minor, pageOf } from '../kit/shapes.ts';

const tag = 'Package changes';
const answers = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The package a service is to have. */
export const packageIn = z.object({ productId: id, options: answers.default({}) });

const packagesOut = z
  .object({
    currency,
    cycle,
    items: z.array(
      z.object({
        productId: id,
        productName: z.string(),
        tagline: z.string(),
        description: z.string(),
        features: z.array(z.string()),
        current: z.boolean(),
        recurringMinor: minor,
        options: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            help: z.string(),
            kind: z.enum(['choice', 'yes_no', 'quantity']),
            minQuantity: z.int(),
            maxQuantity: z.int(),
            values: z.array(
              z.object({ value: z.string(), label: z.string(), isDefault: z.boolean(), amountMinor: minor }),
            ),
          }),
        ),
        optionValues: answers.openapi({ description: 'As the service has them, else their defaults.' }),
      }),
    ),
  })
  .openapi('Packages');

const quoteOut = z
  .object({
    productId: id,
    productName: z.string(),
    oldProductName: z.string(),
    currency,
    cycle,
    oldRecurringMinor: minor,
    newRecurringMinor: minor.openapi({ description: 'What the next renewals cost.' }),
    optionValues: answers,
    periodFrom: day,
    periodTo: day,
    daysLeft: z.int().openapi({ description: 'Of this period, today counted.' }),
    periodDays: z.int(),
    furtherPeriods: z.int().openapi({ description: 'Whole periods after this one that are paid already.' }),
    lines: z
      .array(z.object({ kind: z.enum(['old_rest', 'new_rest']), productName: z.string(), amountMinor: minor }))
      .openapi({ description: 'What adds up to `dueMinor`: the rest of the old package back, that of the new one.' }),
    dueMinor: minor.openapi({ description: 'Positive is charged now; negative becomes credit once it is made.' }),
    nextDueOn: day.openapi({ description: 'The next renewal; the change does not move it.' }),
  })
  .openapi('PackageQuote');

const changeOut = z
  .object({
    id,
    serviceId: id,
    state: z.enum(['unpaid', 'ready', 'planned', 'done', 'abandoned']),
    fromProductId: id,
    fromProductName: z.string(),
    toProductId: id,
    toProductName: z.string(),
    optionValues: answers,
    currency,
    oldRecurringMinor: minor,
    newRecurringMinor: minor,
    charged: z.boolean(),
    dueMinor: minor,
    periodFrom: day.nullable(),
    periodTo: day.nullable(),
    invoiceId: id.nullable(),
    invoiceNumber: z.string().nullable(),
    operationId: id.nullable(),
    endReason: z
      .enum(['replaced', 'withdrawn', 'invoice_voided', 'period_over', 'service_ended', 'given_up'])
      .nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .openapi('PackageChange');
const lastChange = z.object({ change: changeOut.nullable() });

const shownDue = z.int().openapi({ description: '`dueMinor` of the quote; refused when it is another by now.' });
const useCredit = z.boolean().default(false);

export const PACKAGE_CHANGE_FILTERS = [
  'open',
  'late',
  'unpaid',
  'ready',
  'planned',
  'done',
  'abandoned',
  'all',
] as const;

export const listPackageChanges = endpoint({
  method: 'get',
  path: '/package-changes',
  tag,
  access: 'services:read',
  summary: 'Package changes of all services, and what each waits for',
  query: listQuery.omit({ search: true }).extend({
    state: z.enum(PACKAGE_CHANGE_FILTERS).default('open').openapi({
      description: '`late`: those that wait too long, by their `late`.',
    }),
    customerId: id.optional(),
  }),
  ok: pageOf(
    z
      .object({
        id,
        serviceId: id,
        domain: z.string(),
        customerId: id,
        customerName: z.string(),
        state: changeOut.shape.state,
        fromProductName: z.string(),
        toProductName: z.string(),
        currency,
        dueMinor: minor,
        charged: z.boolean(),
        invoiceId: id.nullable(),
        invoiceNumber: z.string().nullable(),
        invoiceDueOn: day.nullable(),
        operationId: id.nullable(),
        waitsFor: z.enum(['payment', 'turn', 'panel', 'staff']).nullable().openapi({
          description: '`turn`: another operation of the service goes first. Null when it is over.',
        }),
        late: z.boolean().openapi({
          description: 'Needs staff, is unpaid after its due day, or was not made an hour after it could have been.',
        }),
        endReason: changeOut.shape.endReason,
        createdAt: instant,
        endedAt: instant.nullable(),
      })
      .openapi('PackageChangeSummary'),
  ),
});

export const listPackages = endpoint({
  method: 'get',
  path: '/services/{id}/packages',
  tag,
  access: 'services:read',
  summary: 'What a service may be moved to',
  params: idParams,
  ok: packagesOut,
});
export const quotePackageChange = endpoint({
  method: 'post',
  path: '/services/{id}/package-change/quote',
  tag,
  access: 'services:read',
  summary: 'What moving to another package would cost now',
  params: idParams,
  body: packageIn,
  ok: quoteOut,
});
export const readPackageChange = endpoint({
  method: 'get',
  path: '/services/{id}/package-change',
  tag,
  access: 'services:read',
  summary: 'The last package change of a service',
  params: idParams,
  ok: lastChange,
});
export const askPackageChange = endpoint({
  method: 'post',
  path: '/services/{id}/package-change',
  tag,
  access: 'services:write',
  summary: 'Move to another package, charging the difference unless that is waived',
  status: 201,
  params: idParams,
  body: packageIn.extend({ dueMinor: shownDue.optional(), useCredit, charge: z.boolean().default(true) }),
  ok: lastChange,
});
export const withdrawPackageChange = endpoint({
  method: 'delete',
  path: '/services/{id}/package-change',
  tag,
  access: 'services:write',
  summary: 'Withdraw an unpaid package change; its invoice is voided',
  params: idParams,
  ok: lastChange,
});

export const listOwnPackages = endpoint({
  method: 'get',
  path: '/portal/services/{id}/packages',
  tag,
  access: 'customer',
  summary: 'What the service may be moved to',
  params: idParams,
  ok: packagesOut,
});
export const quoteOwnPackageChange = endpoint({
  method: 'post',
  path: '/portal/services/{id}/package-change/quote',
  tag,
  access: 'customer',
  impersonation: 'allowed', // it reads
  summary: 'What moving to another package would cost now',
  params: idParams,
  body: packageIn,
  ok: quoteOut,
});
export const readOwnPackageChange = endpoint({
  method: 'get',
  path: '/portal/services/{id}/package-change',
  tag,
  access: 'customer',
  summary: 'The last package change of the service',
  params: idParams,
  ok: lastChange,
});
export const askOwnPackageChange = endpoint({
  method: 'post',
  path: '/portal/services/{id}/package-change',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'Move to another package; what it costs more is invoiced, and it is made once that is paid',
  status: 201,
  params: idParams,
  body: packageIn.extend({ dueMinor: shownDue, useCredit }),
  ok: lastChange,
});
export const withdrawOwnPackageChange = endpoint({
  method: 'delete',
  path: '/portal/services/{id}/package-change',
  tag,
  access: 'customer',
  customerRight: 'billing',
  summary: 'Withdraw an unpaid package change; its invoice is voided',
  params: idParams,
  ok: lastChange,
});
