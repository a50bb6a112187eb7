import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { isOfCalled } from '../kit/search.ts';
import { panelCalls } from './queries.ts';

export interface PanelCallFilter extends PageRequest {
  search?: string | undefined;
  serverId?: string | undefined;
  serviceId?: string | undefined;
  operationId?: string | undefined;
  correlationId?: string | undefined;
  outcome?: string | undefined;
}

const FILTERS = ['serverId', 'serviceId', 'operationId', 'correlationId', 'outcome'] as const;

/** Calls to panels, newest first; words are found in function, address and error. */
export async function listPanelCalls(ctx: Context, filter: PanelCallFilter) {
  allow(ctx.actor, 'operations:read');
  let query = panelCalls(ctx.db);
  for (const name of FILTERS) {
    const value = filter[name];
    if (value !== undefined) query = query.where(`provisioningLog.${name}`, '=', value);
  }
  if (filter.search) {
    query = query.where(await isOfCalled(ctx.db, 'provisioningLog.id', 'provisioning_log', filter.search));
  }
  return paginate(query, filter, {
    db: ctx.db,
    id: 'provisioningLog.id',
    // Ids are made in order of time, and theirs is the index.
    sortable: { createdAt: 'provisioningLog.id' },
    fallback: '-createdAt',
  });
}

/** @throws NotFound */
export async function readPanelCall(ctx: Context, panelCallId: string) {
  allow(ctx.actor, 'operations:read');
  const call = await panelCalls(ctx.db)
    .select(['provisioningLog.request', 'provisioningLog.response'])
    .where('provisioningLog.id', '=', panelCallId)
    .executeTakeFirst();
  if (!call) throw new NotFound('panel_call_not_found', { panelCallId });
  return call;
}
