import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const minuteFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const numberFormat = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** How often a distance from now is reckoned anew. */
const AGES_MS = 30_000;

const UNITS: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A calendar day, `YYYY-MM-DD`, the same day in every time zone. */
export const formatDay = (day: string) => dayFormat.format(new Date(`${day}T00:00:00Z`));

export const Day = ({ day }: { day: string | null | undefined }) =>
  day ? (
    <time dateTime={day} className="ui-whole">
      {formatDay(day)}
    </time>
  ) : (
    <>–</>
  );

/**
 * An instant as distance from now, for lists of what has a page of its own; a pointer or a finger on it is told the exact
 * time. Keyboards come to no text, so that page, or the list that leads to none, has an `Instant`.
 */
export function Moment({ at }: { at: string | null | undefined }) {
  const now = useNow(AGES_MS);
  if (!at) return <>–</>;
  return (
    <Tooltip label={momentFormat.format(new Date(at))} events={{ hover: true, focus: false, touch: true }}>
      <time dateTime={at} className="ui-whole">
        {fromNow(at, now)}
      </time>
    </Tooltip>
  );
}

/** An instant to the minute, in the reader's own time zone: as customers read it. */
export const Minute = ({ at }: { at: string | null | undefined }) =>
  at ? <time dateTime={at}>{minuteFormat.format(new Date(at))}</time> : <>–</>;

/** An instant to the second, and its distance from now: for staff, who look for what else happened then. */
export function Instant({ at }: { at: string | null | undefined }) {
  const now = useNow(AGES_MS);
  if (!at) return <>–</>;
  return (
    <time dateTime={at}>
      {momentFormat.format(new Date(at))} <span className="ui-whole">({fromNow(at, now)})</span>
    </time>
  );
}

const fromNow = (at: string, now: number) => distance((Date.parse(at) - now) / 1000);

function distance(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return Math.abs(seconds) < 45 ? 'just now' : relativeFormat.format(Math.round(seconds / size), unit);
}

/** Below this many seconds a rounded one would say that it took no time. */
const SHORT = 0.1;

/** A duration: 12 ms, 4.2 s, 3 min 5 s, 2 h 10 min. */
export function formatSeconds(seconds: number): string {
  if (seconds > 0 && seconds < SHORT) return `${Math.ceil(seconds * 1000)} ms`;
  if (seconds < 60) return `${numberFormat.format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export const Seconds = ({ seconds }: { seconds: number | null | undefined }) =>
  seconds === null || seconds === undefined ? <>–</> : <span className="ui-numbers">{formatSeconds(seconds)}</span>;

/** The time, renewed every so many milliseconds; for texts that age. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
