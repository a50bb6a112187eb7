import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { askPanel } from './ask-panel.ts';
import { serviceIdsByUsername } from './queries.ts';

/**
 * What the panel says it has, each account with the service that holds its name here, if one does.
 * @throws NotFound; Conflict `module_cannot` when the module cannot list accounts, or what the panel said instead
 */
export async function listServerAccounts(ctx: Context, { serverId }: { serverId: string }) {
  allow(ctx.actor, 'servers:read');
  const accounts = await askPanel(ctx, { serverId }, async (module, call) => {
    if (!module.listAccounts) throw new Conflict('module_cannot', { moduleId: module.id });
    return module.listAccounts(call);
  });
  const services = await serviceIdsByUsername(ctx.db, serverId);
  return {
    items: accounts.map(({ username, domain, package: packageName, suspended }) => ({
      username,
      domain,
      package: packageName,
      suspended,
      serviceId: services.get(username) ?? null,
    })),
  };
}
