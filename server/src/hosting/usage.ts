/** Disk and traffic of an account, as its panel says. */
import type { AccountUsage } from '@hostwright/sdk';
import type { App, Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { askPanel } from '../provisioning/ask-panel.ts';
import { serviceExists } from './queries.ts';
import { readSubject } from './subject.ts';

/** A panel counts every account of a server at once, which is slow: the answer serves all of them for a while. */
const FRESH_SECONDS = 60;
const answers = new WeakMap<App, Map<string, { at: Date; usage: AccountUsage[] }>>();

/**
 * All null when there is no account yet, or its module or panel does not count.
 * @throws NotFound; Conflict as `askPanel` when the panel does not answer
 */
export async function readServiceUsage(ctx: Context, serviceId: string) {
  allow(ctx.actor, 'services:read');
  return readUsage(ctx, { serviceId, customerId: undefined });
}

/** As `readServiceUsage`, for a service of this customer. */
export const readOwnServiceUsage = (ctx: Context, input: { serviceId: string; customerId: string }) =>
  readUsage(ctx, input);

async function readUsage(ctx: Context, input: { serviceId: string; customerId: string | undefined }) {
  if (!(await serviceExists(ctx.db, input))) throw new NotFound('service_not_found', { serviceId: input.serviceId });
  const { serverId, username, moduleId, state } = await readSubject(ctx.db, input.serviceId);
  const counts = ctx.app.modules.get(moduleId)?.usage !== undefined;
  const live = state === 'active' || state === 'suspended';
  const all = serverId !== null && counts && live ? await usageOfServer(ctx, serverId) : [];
  const own = all.find((account) => account.username === username);
  return {
    diskUsedMb: own?.diskUsedMb ?? null,
    diskLimitMb: own?.diskLimitMb ?? null,
    bandwidthUsedMb: own?.bandwidthUsedMb ?? null,
    bandwidthLimitMb: own?.bandwidthLimitMb ?? null,
  };
}

async function usageOfServer(ctx: Context, serverId: string): Promise<AccountUsage[]> {
  const kept = answers.get(ctx.app) ?? new Map();
  answers.set(ctx.app, kept);
  const at = ctx.clock.now();
  const last = kept.get(serverId);
  if (last && Math.abs(at.getTime() - last.at.getTime()) < FRESH_SECONDS * 1000) return last.usage;
  const usage = await askPanel(ctx, { serverId }, async (module, call) => (await module.usage?.(call)) ?? []);
  kept.set(serverId, { at, usage });
  return usage;
}
