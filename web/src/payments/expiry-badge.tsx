import { StateBadge } from '../ui/state-badge.tsx';
import { expiryOf, formatMonth } from './expiry.ts';

/** Until when a saved card is good; what ends soon or has ended stands out. */
export function ExpiryBadge({ expiresIn }: { expiresIn: string | null }) {
  if (expiresIn === null) return null;
  const expiry = expiryOf(expiresIn);
  switch (expiry) {
    case 'good':
      return <StateBadge state="valid" label={`Until ${formatMonth(expiresIn)}`} />;
    case 'soon':
      return <StateBadge state="expiring" label={`Ends in ${formatMonth(expiresIn)}`} />;
    case 'over':
      return <StateBadge state="over" label={`Ended in ${formatMonth(expiresIn)}`} />;
    default:
      return expiry satisfies never;
  }
}
