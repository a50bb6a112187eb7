/** The simulated panels of the demo shop, reached behind its back. */
import { type SimulatorClient, simulatorClient } from '@hostwright/sdk/testing/simulator-client';
import type { APIRequestContext } from 'playwright-core';

/** @param staff a page, or whatever else asks for somebody who may see servers */
export async function panelsOf(staff: { request: APIRequestContext }): Promise<SimulatorClient[]> {
  const answer = await staff.request.get('/api/v1/servers');
  const { items } = (await answer.json()) as { items: { hostname: string; port: number }[] };
  return items.map(simulatorClient);
}
