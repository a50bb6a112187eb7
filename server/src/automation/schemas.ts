import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { actorOut, day, id, idParams, instant, line, listQuery, pageOf } from '../kit/shapes.ts';
import { EXEMPTIBLE } from './exempt-service.ts';
import { RUN_NAMES } from './run-automation.ts';
import { RUNG_NAMES } from './rung.ts';

export * from './portal-schemas.ts';

const tag = 'Automation';
const rung = z.enum(RUNG_NAMES);
export const runName = z.enum(RUN_NAMES);

const settingsShape = z
  .object({
    runAtHour: z
      .int()
      .min(0)
      .max(23)
      .openapi({ description: "Hour of the shop's day from which the nightly run begins." }),
    renewalInvoiceDays: z.int().min(0).max(60).openapi({ description: 'Days before the end of a paid period.' }),
    collectDays: z.array(z.int().min(-60).max(365)).max(20).openapi({
      description:
        'Days after the due day of an invoice on which a saved payment method is charged; negative is before it.',
    }),
    reminderDays: z
      .array(z.int().min(-60).max(365))
      .max(20)
      .openapi({ description: 'Days after the due day of an invoice; negative is before it.' }),
    suspendAfterDays: z.int().min(1).max(365),
    terminateAfterDays: z.int().min(2).max(730),
  })
  .openapi('AutomationSettings');
export const readSettings = endpoint({
  method: 'get',
  path: '/automation/settings',
  tag,
  access: 'settings:read',
  summary: 'On which days the ladder acts',
  ok: settingsShape,
});
export const writeSettings = endpoint({
  method: 'put',
  path: '/automation/settings',
  tag,
  access: 'settings:write',
  summary: 'Change the days on which the ladder acts',
  body: settingsShape,
  ok: settingsShape,
});

export const readLadder = endpoint({
  method: 'get',
  path: '/automation/ladder',
  tag,
  access: 'settings:read',
  summary: 'What happens to a service whose period ends, in order',
  ok: z.object({
    items: z.array(
      z
        .object({
          name: rung,
          countedFrom: z.string(),
          days: z.array(z.int()).openapi({ description: 'Days after that; negative is before it.' }),
          does: z.string(),
        })
        .openapi('Rung'),
    ),
  }),
});

const count = z.object({ done: z.int(), postponed: z.int(), failed: z.int() });
const runOut = z
  .object({
    id,
    name: runName,
    day,
    state: z
      .enum(['queued', 'running', 'done', 'stopped'])
      .openapi({ description: '`stopped`: its process ended before it did; another run goes on where it stopped.' }),
    counts: z.partialRecord(rung, count),
    actor: actorOut,
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .openapi('AutomationRun');
const wanted = z.object({
  name: runName.default('nightly'),
  day: day.optional().openapi({ description: "The shop's day it stands for; today when not given." }),
});
export const listRuns = endpoint({
  method: 'get',
  path: '/automation/runs',
  tag,
  access: 'operations:read',
  summary: 'Runs of the ladder, newest first, and what each did',
  query: listQuery.omit({ search: true }).extend({ name: runName.optional() }),
  ok: pageOf(runOut),
});
export const queueRun = endpoint({
  method: 'post',
  path: '/automation/runs',
  tag,
  access: 'operations:write',
  summary: 'Run the ladder or one rung of it now; what is done already is not done again',
  status: 202,
  body: wanted,
  ok: runOut,
});
const party = z
  .object({
    kind: z.enum(['invoice', 'service']),
    id,
    label: z.string().openapi({ description: "A service's domain, an invoice's number." }),
    customerId: id,
    customerName: z.string(),
  })
  .openapi('AutomationSubject');
export const readRun = endpoint({
  method: 'get',
  path: '/automation/runs/{id}',
  tag,
  access: 'operations:read',
  summary: 'A run and what it did, to whom',
  params: idParams,
  ok: runOut
    .extend({
      effects: z
        .array(
          z.object({
            rung,
            days: z.int().nullable().openapi({ description: 'Which day of a rung that has several.' }),
            dueOn: day,
            subject: party.nullable(),
            doneAt: instant,
          }),
        )
        .openapi({ description: 'The first 500.' }),
      effectCount: z.int(),
    })
    .openapi('AutomationRunDetail'),
});

const foreseen = z.object({ rung, dueOn: day, subjects: z.array(party), text: z.string() }).openapi('ForeseenEffect');
export const previewNight = endpoint({
  method: 'get',
  path: '/automation/next-night',
  tag,
  access: 'operations:read',
  summary: 'When the next nightly run begins and what it would do as things stand now',
  ok: z.object({ day, fromHour: z.int(), items: z.array(foreseen) }),
});
export const previewRun = endpoint({
  method: 'get',
  path: '/automation/preview',
  tag,
  access: 'operations:read',
  summary: 'What a run as of that day would do; changes nothing',
  query: wanted,
  ok: z.object({ day, items: z.array(foreseen) }),
});

const proposalOut = z
  .object({
    id,
    serviceId: id,
    domain: z.string(),
    customerId: id,
    customerName: z.string(),
    invoiceId: id,
    invoiceNumber: z.string(),
    dueOn: day,
    state: z.enum(['proposed', 'approved', 'declined', 'withdrawn']),
    createdAt: instant,
    decidedAt: instant.nullable(),
    decidedBy: actorOut.nullable(),
  })
  .openapi('TerminationProposal');
export const listProposals = endpoint({
  method: 'get',
  path: '/termination-proposals',
  tag,
  access: 'services:read',
  summary: 'Overdue services that wait for a decision whether to remove them',
  query: listQuery.omit({ search: true }).extend({
    state: z.enum(['proposed', 'approved', 'declined', 'withdrawn', 'all']).default('proposed'),
    serviceId: id.optional(),
  }),
  ok: pageOf(proposalOut),
});
export const approveTermination = endpoint({
  method: 'post',
  path: '/termination-proposals/{id}/approve',
  tag,
  access: 'services:write',
  summary: 'Remove the account and everything in it',
  params: idParams,
  body: z.object({
    confirmDomain: z.string().max(253).openapi({ description: "The service's domain, typed out." }),
  }),
  ok: proposalOut,
});
export const declineTermination = endpoint({
  method: 'post',
  path: '/termination-proposals/{id}/decline',
  tag,
  access: 'services:write',
  summary: 'Keep the account for now; it is not proposed again for the same invoice',
  params: idParams,
  ok: proposalOut,
});

const exemptions = z
  .object({
    items: z
      .array(
        z
          .object({
            rung: z.enum(EXEMPTIBLE),
            until: day.openapi({ description: 'The last day on which the service is spared.' }),
            reason: line(),
          })
          .openapi('Exemption'),
      )
      .max(20),
    version: z.string().max(40).openapi({ description: 'Of the list; a change gives back the one it was made from.' }),
  })
  .openapi('Exemptions');
export const readExemptions = endpoint({
  method: 'get',
  path: '/services/{id}/exemptions',
  tag,
  access: 'services:read',
  summary: 'What a service is spared of the ladder',
  params: idParams,
  ok: exemptions,
});
export const writeExemptions = endpoint({
  method: 'put',
  path: '/services/{id}/exemptions',
  tag,
  access: 'services:write',
  summary: 'Change what a service is spared of the ladder',
  params: idParams,
  body: exemptions,
  ok: exemptions,
});
