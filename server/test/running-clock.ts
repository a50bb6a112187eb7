import type { MovableClock } from '../src/kit/clock.ts';

/**
 * A clock that goes faster than time, so that minutes of waiting between tries take seconds. Processes that are given the
 * same start agree on it.
 *
 * @param startedAt milliseconds since 1970 of real time, when it showed that same instant
 * @param speed 60 makes a minute of a second
 */
export function runningClock(startedAt: number, speed: number): MovableClock {
  let shift = 0;
  const milliseconds = () => startedAt + (Date.now() - startedAt) * speed + shift;
  return {
    now: () => new Date(milliseconds()),
    moveTo(to) {
      shift += new Date(to).getTime() - milliseconds();
    },
    advance({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds: rest = 0 }) {
      shift += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + rest;
    },
  };
}
