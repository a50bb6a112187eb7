/** The modules staff can choose from, and the folders that are none. */
import { sql } from 'kysely';
import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { asModule } from './present.ts';
import { serverCounts } from './queries.ts';

/** Told when somebody rescans, so that every process looks again. */
export const MODULES_CHANNEL = 'hostwright_modules';

export async function listModules(ctx: Context) {
  allow(ctx.actor, 'catalogue:read');
  return presentModules(ctx);
}

/** Look for modules again, in every process: new folders appear, changed ones are read anew, removed ones go. */
export async function rescanModules(ctx: Context) {
  allow(ctx.actor, 'settings:write');
  const folders = await ctx.app.modules.rescan();
  const named = (state: string) => folders.filter((found) => found.state === state).map(({ folder }) => folder);
  const after = { loaded: named('loaded'), notLoaded: named('not_loaded') };
  await ctx.transaction(async (tx) => {
    await audit(tx, 'modules.rescanned', { kind: 'module', id: null }, { after });
    await sql`select pg_notify(${MODULES_CHANNEL}, '')`.execute(tx.db);
  });
  return presentModules(ctx);
}

async function presentModules(ctx: Context) {
  const { modules } = ctx.app;
  const servers = await serverCounts(ctx.db);
  return {
    items: modules
      .all()
      .map((module) => asModule(module, servers.get(module.id) ?? 0))
      .sort((a, b) => a.name.localeCompare(b.name)),
    notLoaded: modules
      .folders()
      .filter(({ state }) => state === 'not_loaded')
      .map(({ folder, path, reason }) => ({ folder, path, reason: reason ?? '' })),
  };
}
