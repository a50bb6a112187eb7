import type { Api } from '../../api/types.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

/** Words for a server's health; `open` is the breaker's word and would read like good news. */
const WORDS: Record<Api<'Server'>['health'], string> = {
  ok: 'Healthy',
  failing: 'Failing',
  open: 'Not answering',
  unknown: 'Never called',
  maintenance: 'Maintenance',
};

export const HealthBadge = ({ server }: { server: Api<'Server'> }) =>
  server.archivedAt ? (
    <StateBadge state="archived" label="Retired" />
  ) : (
    <StateBadge state={server.health} label={WORDS[server.health]} />
  );
