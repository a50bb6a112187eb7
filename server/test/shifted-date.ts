/**
 * Lets a command run on another day: `node --import <this file>` with `TEST_DATE_SHIFT_MS` in the environment. The command
 * itself knows nothing of it.
 */
const shiftMs = Number(process.env.TEST_DATE_SHIFT_MS ?? 0);
const machine = globalThis.Date;

class ShiftedDate extends machine {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(machine.now() + shiftMs);
    else super(...(given as [number]));
  }

  static override now(): number {
    return machine.now() + shiftMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
