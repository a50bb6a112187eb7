/** What a failed try at sending means. */

const REASON_LENGTH = 500;

/**
 * Whether the mail server said no to this mail for good: a 5xx about its sender, its receiver or its content. A wrong
 * password of ours is none; somebody will correct it, and the mail is sent then.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined && responseCode >= 500;
}

/** The reason in a line for staff. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, REASON_LENGTH);
