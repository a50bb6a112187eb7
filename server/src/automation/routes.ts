import { invoiceToCharge } from '../billing/queries.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { approveTermination, declineTermination } from './decide-termination.ts';
import { exemptService, readExemptions } from './exempt-service.ts';
import { nextCharge } from './next-charge.ts';
import { asRun } from './present-run.ts';
import { previewNight } from './preview-night.ts';
import { previewRun } from './preview-run.ts';
import { queueRun } from './queue-run.ts';
import { readLadder } from './read-ladder.ts';
import { listProposals, readProposal } from './read-proposals.ts';
import { readRun } from './read-run.ts';
import { listRuns } from './read-runs.ts';
import { readToDo } from './read-to-do.ts';
import * as schemas from './schemas.ts';
import { readAutomationSettings } from './settings.ts';
import { writeAutomationSettings } from './write-settings.ts';

/** Thin on purpose: read the request, call one verb, present the result. */
export function automationRoutes(add: AddRoute): void {
  add(schemas.readLadder, async (ctx) => ({ items: await readLadder(ctx) }));
  add(schemas.readSettings, (ctx) => readAutomationSettings(ctx.db));
  add(schemas.writeSettings, (ctx, { body }) => writeAutomationSettings(ctx, body));
  add(schemas.listRuns, (ctx, { query }) => listRuns(ctx, query));
  add(schemas.readRun, (ctx, { params }) => readRun(ctx, params.id));
  add(schemas.queueRun, async (ctx, { body }) => asRun(ctx, await queueRun(ctx, body)));
  add(schemas.previewNight, (ctx) => previewNight(ctx));
  add(schemas.previewRun, (ctx, { query }) => previewRun(ctx, query));

  add(schemas.listProposals, (ctx, { query }) => listProposals(ctx, query));
  add(schemas.approveTermination, async (ctx, { params, body }) =>
    readProposal(ctx, await approveTermination(ctx, { ...body, proposalId: params.id })),
  );
  add(schemas.declineTermination, async (ctx, { params }) =>
    readProposal(ctx, await declineTermination(ctx, { proposalId: params.id })),
  );

  add(schemas.readToDo, (ctx) => readToDo(ctx, { customerId: ownCustomerId(ctx.actor) }));
  add(schemas.readNextCharge, async (ctx, { params }) => {
    const { id } = await invoiceToCharge(ctx.db, params.id, ownCustomerId(ctx.actor));
    return { charge: await nextCharge(ctx, id) };
  });

  add(schemas.readExemptions, (ctx, { params }) => readExemptions(ctx, params.id));
  add(schemas.writeExemptions, (ctx, { params, body }) =>
    exemptService(ctx, { serviceId: params.id, exemptions: body.items, version: body.version }),
  );
}
