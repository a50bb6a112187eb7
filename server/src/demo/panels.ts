/** The servers of the demo shop: simulated panels beside it, on free ports, with a memory that survives a restart. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startSimulator } from '../../../modules/cpanel/simulator.ts';
import type { Context } from '../kit/context.ts';

export const PACKAGES = {
  free: 'free',
  starter: 'starter',
  business: 'business',
  businessPlus: 'business_plus',
  agency: 'agency',
};

/** What the demo's products promise. */
const GIB_IN_MB = 1024;
const LIMITS: Record<string, { quota: number; maxpop: number | null; maxaddon: number }> = {
  [PACKAGES.free]: { quota: GIB_IN_MB, maxpop: 1, maxaddon: 0 },
  [PACKAGES.starter]: { quota: 10 * GIB_IN_MB, maxpop: 10, maxaddon: 0 },
  [PACKAGES.business]: { quota: 50 * GIB_IN_MB, maxpop: null, maxaddon: 9 },
  [PACKAGES.businessPlus]: { quota: 100 * GIB_IN_MB, maxpop: null, maxaddon: 9 },
  [PACKAGES.agency]: { quota: 200 * GIB_IN_MB, maxpop: null, maxaddon: 99 },
};

export interface DemoPanel {
  /** As the server is called in the shop. */
  name: string;
  hostname: string;
  port: number;
  fingerprint256: string;
  credentials: Record<string, string | number | boolean>;
  close(): Promise<void>;
}

/** @param folder for their memory */
export async function startDemoPanels(folder: string): Promise<DemoPanel[]> {
  mkdirSync(folder, { recursive: true });
  return Promise.all(
    ['demo-whm-1', 'demo-whm-2'].map(async (name, index) => {
      const panel = await startSimulator({
        seed: index + 1,
        stateFile: path.join(folder, `${name}.state`),
        packages: Object.values(PACKAGES),
        packageLimits: LIMITS,
      });
      const { hostname, port, fingerprint256, credentials } = panel;
      return { name, hostname, port, fingerprint256, credentials, close: () => panel.close() };
    }),
  );
}

/** Simulators come up on other ports each time; the shop's servers follow them. */
export async function followDemoPanels(ctx: Context, panels: DemoPanel[]): Promise<void> {
  for (const { name, port, fingerprint256 } of panels) {
    await ctx.db
      .updateTable('server')
      .set({ port, tlsFingerprint: fingerprint256, breakerFailures: 0, breakerOpenUntil: null, breakerReason: null })
      .where('name', '=', name)
      .execute();
  }
}
