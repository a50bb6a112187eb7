/** How long a charge may take, and from when on a gateway's "never seen" can be believed. */

/** After so long a call to a gateway is aborted. */
export const CHARGE_TIMEOUT_SECONDS = 30;

/** A request that was cut off may still arrive: until so long after the intent, `absent` proves nothing. */
export const ABSENT_COUNTS_AFTER_SECONDS = 90;

export const absentCounts = (intendedAt: Date, now: Date): boolean =>
  now.getTime() - intendedAt.getTime() >= ABSENT_COUNTS_AFTER_SECONDS * 1000;
