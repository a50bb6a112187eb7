/**
 * How often somebody may ask. Counted per process and in memory: several processes allow as many times more, which is
 * still far below what guessing or flooding needs.
 */
import type { App } from './context.ts';
import { TooManyRequests } from './errors.ts';

export interface Limit {
  most: number;
  windowSeconds: number;
}

interface Window {
  startedAt: number;
  windowMs: number;
  count: number;
}

// Oldest first. An attacker needs thousands of addresses to push somebody's count out.
const MAX_WINDOWS = 50_000;
const windowsOf = new WeakMap<App, Map<string, Window>>();

/** One use that was counted. */
export interface Use {
  /** Take this one back. */
  forgive(): void;
  /** Forget every use under this key. */
  forget(): void;
}

/**
 * Count a use before it happens, so that many at once do not slip through. A window opens with its first use.
 *
 * @param key who asks for what; a key that names only the one who is asked for can be used to lock them out
 * @param code of the refusal
 * @throws TooManyRequests with the seconds until the window ends
 */
export function countUse(app: App, key: string, limit: Limit, code: string): Use {
  const windows = windowsOf.get(app) ?? new Map<string, Window>();
  windowsOf.set(app, windows);
  const window = take(windows, key, limit, app.clock.now().getTime(), code);
  return {
    forgive() {
      window.count -= 1;
    },
    forget() {
      windows.delete(key);
    },
  };
}

function take(windows: Map<string, Window>, key: string, limit: Limit, now: number, code: string): Window {
  const known = windows.get(key);
  const alive = known && now - known.startedAt < known.windowMs ? known : undefined;
  if (alive && alive.count >= limit.most) {
    throw new TooManyRequests(code, { retryAfterSeconds: (alive.startedAt + alive.windowMs - now) / 1000 });
  }
  if (alive) {
    alive.count += 1;
    return alive;
  }
  windows.delete(key);
  const oldest = windows.size >= MAX_WINDOWS ? windows.keys().next() : undefined;
  if (oldest && !oldest.done) windows.delete(oldest.value);
  const opened = { startedAt: now, windowMs: limit.windowSeconds * 1000, count: 1 };
  windows.set(key, opened);
  return opened;
}

/** One household or machine holds 2^64 IPv6 addresses; an IPv4 address written as IPv6 is that IPv4 address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;
  const [front = '', back] = address.toLowerCase().split('::');
  const groups = front === '' ? [] : front.split(':');
  const after = back === undefined || back === '' ? [] : back.split(':');
  const filled =
    back === undefined
      ? groups
      : [...groups, ...Array(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after];
  return `${filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
