/** The simulated panels of the demo shop, reached behind its back. */
import { type SimulatorClient, simulatorClient } from '@hostwright/sdk/testing/simulator-client';
import type { Page } from 'playwright-core';

/** @param staff a page where somebody who may see servers is signed in */
export async function panelsOf(staff: Page): Promise<SimulatorClient[]> {
  const answer = await staff.request.get('/api/v1/servers');
  const { items } = (await answer.json()) as { items: { hostname: string; port: number }[] };
  return items.map(simulatorClient);
}
