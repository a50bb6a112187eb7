import { useEffect, useState } from 'react';
import { useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';

type Progress = Api<'OrderProgress'>;
const POLL_MS = 2000;

/** Nothing more will change by itself: every service stands or is gone. */
export const isOver = (progress: Progress) =>
  progress.orderState === 'cancelled' ||
  progress.services.every((service) => ['active', 'terminated', 'cancelled'].includes(service.state));

/**
 * An order's progress as it happens: server-sent events, and reading every two seconds while the stream is broken.
 * Undefined until the first answer. Nothing is asked while `wanted` is false or once it is over.
 */
export function useProgress(orderId: string, door: 'portal' | 'admin', wanted: boolean): Progress | undefined {
  const [progress, setProgress] = useState<Progress>();
  const [streaming, setStreaming] = useState(true);
  const live = wanted && !(progress && isOver(progress));
  const base = door === 'portal' ? '/api/v1/portal/orders' : '/api/v1/orders';

  useEffect(() => {
    if (!live) return;
    const source = new EventSource(`${base}/${orderId}/progress`);
    const take = (event: MessageEvent<string>) => {
      setStreaming(true);
      setProgress(JSON.parse(event.data) as Progress);
    };
    source.addEventListener('message', take);
    source.addEventListener('progress', take);
    // The browser reconnects by itself; until it has, the order is polled.
    source.addEventListener('error', () => setStreaming(false));
    return () => source.close();
  }, [base, orderId, live]);

  const polling = { enabled: live && !streaming, refetchInterval: POLL_MS, staleTime: 0 };
  const params = { path: { id: orderId } };
  const own = useApiQuery('/api/v1/portal/orders/{id}', params, {
    ...polling,
    enabled: polling.enabled && door === 'portal',
  });
  const any = useApiQuery('/api/v1/orders/{id}', params, { ...polling, enabled: polling.enabled && door === 'admin' });
  // The stream ends once it has told the last of it: what was read before that must not take its place.
  if (streaming || !live) return progress;
  return (own.data ?? any.data)?.progress ?? progress;
}
