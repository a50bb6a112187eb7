import { StateBadge, stateLabel } from '../../ui/state-badge.tsx';

/** How a call to a panel ended: the word, and the state whose colour says it. */
const OUTCOMES: Record<string, [label: string, colourOf: string]> = {
  answered: ['Answered', 'ok'],
  unreachable: ['Unreachable', 'failed'],
  lost: ['Answer lost', 'unknown'],
  refused_certificate: ['Certificate refused', 'failed'],
};

export const OUTCOME_CHOICES = Object.entries(OUTCOMES).map(([value, [label]]) => ({ value, label }));

/** @param status of HTTP, where the panel speaks it: an answer that reports an error is not shown as good news */
export function OutcomeBadge({ outcome, status = null }: { outcome: string; status?: number | null }) {
  if (outcome === 'answered' && status !== null) {
    return <StateBadge state={status >= 400 ? 'failing' : 'ok'} label={`Answered ${status}`} />;
  }
  const [label, colourOf] = OUTCOMES[outcome] ?? [stateLabel(outcome), outcome];
  return <StateBadge state={colourOf} label={label} />;
}
