/**
 * Loaded into a shop's process before anything else: its clock then goes by a distance from the machine's, which the
 * parent process sets with messages. Timers are left alone, and so is the database, which keeps no time of the shop's.
 */
const REAL = Date;
let distanceMs = 0;

const now = () => REAL.now() + distanceMs;

globalThis.Date = new Proxy(REAL, {
  construct: (date, given, target) => Reflect.construct(date, given.length === 0 ? [now()] : given, target),
  apply: () => new REAL(now()).toString(),
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
});
REAL.prototype.constructor = globalThis.Date;

process.on('message', (message: { distanceMs?: number }) => {
  if (message.distanceMs === undefined) return;
  distanceMs = message.distanceMs;
  process.send?.({ travelled: distanceMs });
});
// Listening to its parent must not keep a shop alive that wants to end.
process.channel?.unref();
