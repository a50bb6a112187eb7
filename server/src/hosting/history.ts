/** What happened to a service, in words for its owner. Events that are not listed are none of their business. */
import type { EventType } from '../kit/events.ts';

const SENTENCES: Partial<Record<EventType, string>> = {
  'service.created': 'Ordered.',
  'service.active': 'Set up and ready to use.',
  'service.suspended': 'Suspended: the site is offline, files and mail are kept.',
  'service.unsuspended': 'Brought back: the site is online again.',
  'service.package_changed': 'Moved to another package.',
  'service.password_changed': 'The account password was changed.',
  'service.renewed': 'Renewed for another period.',
  'service.cancellation_requested': 'Cancellation requested.',
  'service.cancellation_withdrawn': 'Cancellation withdrawn: the service stays.',
  'service.terminated': 'Ended: the account and everything in it was removed.',
  'service.cancelled': 'Cancelled before it was set up; what was paid became credit.',
};

/** @param events in the order they are to be told */
export const inPlainWords = (events: readonly { type: string; createdAt: Date }[]): { at: Date; text: string }[] =>
  events.flatMap(({ type, createdAt }) => {
    const text = SENTENCES[type as EventType];
    return text === undefined ? [] : [{ at: createdAt, text }];
  });
