/** What every page must hold, whoever looks at it and on whatever. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Wait for a page and examine it: one h1, no sideways scrolling, nothing axe objects to, in light and in dark colours.
 * @param heading the page's h1
 * @throws Error listing everything that is wrong with the page
 */
export async function look(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await restPointer(page);
  await settled(page);
  const problems = [...(await layoutProblems(page)), ...(await axeProblems(page, 'light'))];
  await wear(page, 'dark');
  problems.push(...(await axeProblems(page, 'dark')));
  await wear(page, 'light');
  if (problems.length > 0) throw new Error(`${page.url()} has problems:\n${problems.join('\n')}`);
}

/** Whatever came to lie under the pointer by chance would show its tooltip, which hangs beside the page. */
async function restPointer(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForFunction(
    () => document.querySelector('[role=tooltip]') === null || document.activeElement?.matches(':focus-visible'),
  );
}

/** As the system's setting for colours does. Pages of others follow it by themselves; ours say when they have, and fade over. */
export async function wear(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page
    .locator(`html:not([data-mantine-color-scheme]), html[data-mantine-color-scheme=${scheme}]`)
    .waitFor({ state: 'attached' });
  await page.evaluate(async () => {
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(fading.map(({ finished }) => finished));
  });
}

/** Nothing is being loaded any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) found.push(`There are ${headings} h1 headings.`);
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const widest = [...document.querySelectorAll('main *')].find(
        (element) => element.getBoundingClientRect().right > clientWidth,
      );
      found.push(`It is ${scrollWidth} px wide on a screen of ${clientWidth}: ${widest?.outerHTML.slice(0, 200)}`);
    }
    return found;
  });
}

/** In dark colours only what colours can break is asked again. */
async function axeProblems(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    // A tooltip that happens to be open hangs beside the page; what it says is the description of what it belongs to.
    .exclude('[role=tooltip]')
    .exclude('iframe')
    .setLegacyMode();
  const { violations } = await (scheme === 'light' ? axe.withTags(TAGS) : axe.withRules(['color-contrast'])).analyze();
  return violations.map(
    ({ id, help, nodes }) =>
      `${id} (${scheme}): ${help}\n${nodes.map((node) => `    ${node.html.slice(0, 240)}\n    ${node.failureSummary}`).join('\n')}`,
  );
}
