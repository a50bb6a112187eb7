/** Failures whose reason lies in a server, its panel user or our settings: one repair mends all that met it. */
const SHARED = new Set([
  'auth',
  'certificate',
  'permission',
  'unreachable',
  'lost',
  'rate_limited',
  'protocol',
  'server_full',
  'package_missing',
  'package_denied',
  'module_missing',
  'unexpected',
]);

/**
 * The cause of an alert about a failed operation; none when only this operation met it.
 *
 * @param place where it was tried: its server, or while it has none its group
 * @param step the one that failed, when the rest was done
 */
export const causeOfFailure = (code: string, place: string | null, step = ''): { cause?: string } =>
  place !== null && SHARED.has(code) ? { cause: [place, code, step].filter(Boolean).join(':') } : {};
