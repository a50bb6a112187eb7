/**
 * The one demo shop that all journeys of a run visit at the same time, with a past. While journeys are written, SHOP_URL
 * may name one that runs already; the journeys about debtors need one that has lived through `past.ts`.
 */
import type { TestProject } from 'vitest/node';
import { livePast } from './past.ts';
import { startShopProcess } from './shop-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    shopUrl: string;
  }
}

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.SHOP_URL) {
    project.provide('shopUrl', process.env.SHOP_URL);
    return undefined;
  }
  const shop = await startShopProcess([], {}, { travels: true });
  await livePast(shop);
  project.provide('shopUrl', shop.url);
  return () => shop.stop();
}
