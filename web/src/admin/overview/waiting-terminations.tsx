import { useApiQuery } from '../../api/client.ts';
import { TextLink } from '../../ui/links.tsx';
import { Notice } from '../../ui/notice.tsx';

const REFRESH_MS = 60_000;

/** How many accounts wait for somebody's yes or no; nothing while there are none. */
export function WaitingTerminations() {
  const waiting = useApiQuery(
    '/api/v1/termination-proposals',
    { query: { limit: 1 } },
    { refetchInterval: REFRESH_MS },
  );
  const count = waiting.data?.total ?? 0;
  if (count === 0) return null;
  return (
    <Notice
      tone="warn"
      title={count === 1 ? 'One service waits for your decision' : `${count} services wait for your decision`}
    >
      They are overdue and suspended. Nothing is removed before{' '}
      <TextLink href="/admin/terminations" size="sm">
        you decide
      </TextLink>
      .
    </Notice>
  );
}
