/** Chromium as a visitor has it: fresh, and quiet towards the internet. */
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const DEVICES = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
} satisfies Record<string, BrowserContextOptions>;

export type Device = keyof typeof DEVICES;

/** How long an action or an expected sight may take: the machine may have more to do than this. */
export const PATIENCE_MS = 60_000;

/** @throws Error when there is no Chromium; CHROMIUM names another one than /usr/bin/chromium */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });

/** What a browser on this device is like. The simulated panels' certificates are self-signed. */
export const contextOf = (device: Device, baseURL: string): BrowserContextOptions => ({
  ...DEVICES[device],
  baseURL,
  ignoreHTTPSErrors: true,
  reducedMotion: 'reduce',
  colorScheme: 'light',
  locale: 'en-US',
});
