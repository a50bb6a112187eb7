import { Badge } from '@mantine/core';
import { type Tone, toneColor, toneTint } from './theme.ts';

/** Every state word of the API: how it reads and what colour it says it in. */
const STATES: Record<string, [label: string, tone: Tone]> = {
  // services
  pending: ['Pending', 'busy'],
  active: ['Active', 'good'],
  suspended: ['Suspended', 'warn'],
  terminated: ['Terminated', 'quiet'],
  cancelled: ['Cancelled', 'quiet'],
  // invoices and payments
  unpaid: ['Unpaid', 'warn'],
  paid: ['Paid', 'good'],
  void: ['Void', 'quiet'],
  settled: ['Settled', 'good'],
  declined: ['Declined', 'bad'],
  unknown: ['Unclear', 'warn'],
  // saved cards
  valid: ['Valid', 'good'],
  expiring: ['Ends soon', 'warn'],
  over: ['Ended', 'bad'],
  // refunds and termination proposals
  refused: ['Refused', 'bad'],
  proposed: ['Waits for a decision', 'warn'],
  approved: ['Approved', 'good'],
  kept: ['Kept', 'good'],
  withdrawn: ['Withdrawn', 'quiet'],
  // orders
  placed: ['Placed', 'busy'],
  // operations and steps
  planned: ['Planned', 'quiet'],
  running: ['Running', 'busy'],
  waiting: ['Waiting', 'warn'],
  done: ['Done', 'good'],
  skipped: ['Skipped', 'quiet'],
  stopped: ['Stopped', 'warn'],
  failed: ['Failed', 'bad'],
  needs_staff: ['Needs staff', 'bad'],
  // servers
  ok: ['Healthy', 'good'],
  failing: ['Failing', 'warn'],
  open: ['Open', 'bad'],
  maintenance: ['Maintenance', 'quiet'],
  // mail templates
  changed: ['Changed', 'busy'],
  broken: ['Needs correcting', 'bad'],
  // mails, alerts, products, keys
  queued: ['Queued', 'busy'],
  sent: ['Sent', 'good'],
  resolved: ['Resolved', 'good'],
  on_sale: ['On sale', 'good'],
  hidden: ['Hidden', 'quiet'],
  archived: ['Archived', 'quiet'],
  revoked: ['Revoked', 'quiet'],
  expired: ['Expired', 'quiet'],
  disabled: ['Disabled', 'quiet'],
  enabled: ['Enabled', 'good'],
};

/** How a state word reads: `needs_staff` is "Needs staff". */
export const stateLabel = (state: string) => STATES[state]?.[0] ?? sentence(state);
const sentence = (word: string) => (word.charAt(0).toUpperCase() + word.slice(1)).replace(/_/g, ' ');

/** A state as a coloured word; the word alone tells it. `label` replaces the word where the page has a better one. */
export function StateBadge({ state, label }: { state: string; label?: string }) {
  const tone = STATES[state]?.[1] ?? 'quiet';
  return (
    <Badge
      variant="transparent"
      radius="sm"
      tt="none"
      fw={600}
      fz={12}
      lh={1}
      style={{ background: toneTint(tone), color: toneColor(tone), flexShrink: 0, minWidth: 'max-content' }}
    >
      {label ?? stateLabel(state)}
    </Badge>
  );
}
