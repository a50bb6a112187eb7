/** The operator's queue where it acts on services, at its known paths. */
import type { AddRoute } from '../kit/endpoint.ts';
import { queuedTask } from '../operations/read-operations.ts';
import { provision, provisionManually } from '../operations/schemas.ts';
import { planManually } from './manual-acts.ts';
import { provisionService } from './provision-service.ts';

export function queueRoutes(add: AddRoute): void {
  add(provision, async (ctx, { body }) => queuedTask(ctx, (await provisionService(ctx, body)).id));
  add(provisionManually, async (ctx, { body }) => queuedTask(ctx, (await planManually(ctx, body)).id));
}
