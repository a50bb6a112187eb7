/** A journey: one sentence about what people do and see, told once on a desktop and once on a phone. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { contextOf, DEVICES, type Device, openBrowser, PATIENCE_MS } from './browser.ts';

export interface Stage {
  device: Device;
  /** Another person with a browser of their own, nobody signed in. */
  arrive(url?: string): Promise<Page>;
  /** Browsers log every request that is refused: one that the journey provokes is no complaint. */
  excuse(complaint: RegExp): void;
}

/**
 * Declare a journey. It fails when a step does not come to pass, and when any page of the shop logs an error or throws.
 * @param devices both, unless the journey is about one of them
 */
export function journey(
  title: string,
  run: (stage: Stage) => Promise<void>,
  devices: Device[] = Object.keys(DEVICES) as Device[],
): void {
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser?.close());

    test.each(devices)('on a %s', async (device) => {
      const people: { context: BrowserContext; page: Page }[] = [];
      const complaints: string[] = [];
      const excused: RegExp[] = [];
      const arrive = async (url = inject('shopUrl')) => {
        const context = await browser.newContext(contextOf(device, url));
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        people.push({ context, page });
        listenTo(page, url, complaints);
        return page;
      };
      try {
        await run({ device, arrive, excuse: (complaint) => void excused.push(complaint) });
        const left = complaints.filter((complaint) => !excused.some((pattern) => pattern.test(complaint)));
        if (left.length > 0) throw new Error(`The browser complained:\n${left.join('\n')}`);
      } catch (error) {
        console.error(await whereItStood(people, complaints));
        throw error;
      } finally {
        for (const { context } of people) await context.close();
      }
    });
  });
}

/** What the pages of others say, such as a payment provider's, is no affair of the shop. */
function listenTo(page: Page, shopUrl: string, complaints: string[]) {
  const complain = (words: string) => {
    if (page.url().startsWith(shopUrl)) complaints.push(`${page.url()}: ${words}`);
  };
  page.on('pageerror', (error) => complain(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complain(`${message.text()} (${message.location().url})`);
  });
}

/** Names the pictures of the open pages, which have their HTML beside them, and what the browsers said. */
async function whereItStood(people: { page: Page }[], complaints: string[]): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hostwright-journey-'));
  const places: string[] = [];
  for (const [index, { page }] of people.entries()) {
    const file = path.join(folder, `page-${index + 1}`);
    await page.screenshot({ path: `${file}.png`, fullPage: true }).catch(() => undefined);
    await writeFile(`${file}.html`, await page.content().catch(() => '')).catch(() => undefined);
    places.push(`${page.url()} looked like ${file}.png`);
  }
  return [...places, ...new Set(complaints)].join('\n');
}
