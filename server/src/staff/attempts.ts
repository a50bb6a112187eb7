/**
 * How often somebody may try. Counted per process and in memory: several processes allow as many times more, which
 * is still far below what guessing needs. Every count includes the caller's address, so that nobody can lock a
 * victim out from elsewhere.
 */
import type { App } from '../kit/context.ts';
import { TooManyRequests } from '../kit/errors.ts';

interface Limit {
  most: number;
  windowSeconds: number;
}

const QUARTER_HOUR = 15 * 60;

/** `perAddress` stops one machine that tries many logins, `perLogin` one that tries many passwords. */
const LIMITS = {
  signIn: {
    perAddress: { most: 100, windowSeconds: QUARTER_HOUR },
    perLogin: { most: 10, windowSeconds: QUARTER_HOUR },
  },
  signUp: {
    perAddress: { most: 40, windowSeconds: QUARTER_HOUR },
    perLogin: { most: 10, windowSeconds: QUARTER_HOUR },
  },
  forgotPassword: {
    perAddress: { most: 20, windowSeconds: QUARTER_HOUR },
    perLogin: { most: 5, windowSeconds: QUARTER_HOUR },
  },
} satisfies Record<string, { perAddress: Limit; perLogin: Limit }>;

interface Window {
  startedAt: number;
  windowMs: number;
  count: number;
}

// Oldest first. An attacker needs thousands of addresses to push somebody's count out.
const MAX_WINDOWS = 50_000;
const windowsOf = new WeakMap<App, Map<string, Window>>();

/**
 * Count an attempt before it is made, so that many at once do not slip through.
 *
 * @param who.address the caller's IP address; of IPv6 the first 64 bits count
 * @returns a function to call when the attempt succeeded: then it does not count, nor do failures on this login before
 * @throws TooManyRequests `too_many_attempts`
 */
export function countAttempt(app: App, kind: keyof typeof LIMITS, who: { address: string; email: string }): () => void {
  const windows = windowsOf.get(app) ?? new Map<string, Window>();
  windowsOf.set(app, windows);
  const network = networkOf(who.address);
  const now = app.clock.now().getTime();
  const { perAddress, perLogin } = LIMITS[kind];
  const loginKey = `${kind} ${network} ${who.email}`;
  const address = take(windows, `${kind} ${network}`, perAddress, now);
  take(windows, loginKey, perLogin, now);
  return () => {
    address.count -= 1;
    windows.delete(loginKey);
  };
}

function take(windows: Map<string, Window>, key: string, limit: Limit, now: number): Window {
  const known = windows.get(key);
  const alive = known && now - known.startedAt < known.windowMs ? known : undefined;
  if (alive && alive.count >= limit.most) {
    throw new TooManyRequests('too_many_attempts', {
      retryAfterSeconds: (alive.startedAt + alive.windowMs - now) / 1000,
    });
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
