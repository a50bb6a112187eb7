/** The only source of "now". Whatever depends on time takes a clock, so that a test can be dated like a calendar. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface MovableClock extends Clock {
  /**
   * Jump to an instant, forwards or back.
   * @param to a Date, an ISO 8601 instant, or a day YYYY-MM-DD, which means its first moment in UTC
   * @throws RangeError when `to` is not a date
   */
  moveTo(to: Date | string): void;
  /** Go on by so much; negative values go back. Days are 24 hours. */
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number; milliseconds?: number }): void;
}

/** A clock that stands still until it is moved. Every `now()` is a Date of its own. */
export function movableClock(start: Date | string): MovableClock {
  let milliseconds = instantOf(start);
  return {
    now: () => new Date(milliseconds),
    moveTo(to) {
      milliseconds = instantOf(to);
    },
    advance({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds: rest = 0 }) {
      const minutesInAll = (days * 24 + hours) * 60 + minutes;
      milliseconds = instantOf(new Date(milliseconds + (minutesInAll * 60 + seconds) * 1000 + rest));
    },
  };
}

function instantOf(value: Date | string): number {
  const milliseconds = new Date(value).getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not a date: ${String(value)}`);
  return milliseconds;
}
