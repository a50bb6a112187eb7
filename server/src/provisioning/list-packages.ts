import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { askPanel } from './ask-panel.ts';
import { serversOfGroup } from './queries.ts';

/**
 * The packages of the first server of a group that answers, in order of position.
 *
 * @throws Conflict `no_server` when the group has none of this module, `module_cannot` when it cannot list packages,
 *   or what the last server said when none answers
 */
export async function listServerPackages(
  ctx: Context,
  { serverGroupId, moduleId }: { serverGroupId: string; moduleId: string },
): Promise<{ items: { name: string; label: string }[] }> {
  allow(ctx.actor, 'servers:read');
  if (ctx.app.modules.get(moduleId)?.listPackages === undefined) throw new Conflict('module_cannot', { moduleId });
  const servers = await serversOfGroup(ctx.db, serverGroupId, moduleId);
  let refused: unknown = new Conflict('no_server', { serverGroupId, moduleId });
  for (const { id: serverId } of servers.sort((a, b) => a.position - b.position || a.name.localeCompare(b.name))) {
    try {
      const packages = await askPanel(ctx, { serverId }, async (module, call) => module.listPackages?.(call) ?? []);
      return { items: packages.map(({ name, label }) => ({ name, label })) };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      refused = error;
    }
  }
  throw refused;
}
