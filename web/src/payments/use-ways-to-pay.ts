import { useApiQuery } from '../api/client.ts';
import type { ApiProblem } from '../api/problem.ts';
import type { Api } from '../api/types.ts';

type PaymentMethod = Api<'PaymentMethod'>;
export type SavedMethod = Api<'SavedMethods'>['items'][number];

export interface WaysToPay {
  methods: PaymentMethod[];
  /** What the customer saved and can be charged now, the default first. */
  saved: SavedMethod[];
}

/** How somebody who may pay can do so now. */
export function useWaysToPay(): { ways?: WaysToPay; error: ApiProblem | null; retry: () => void } {
  const methods = useApiQuery('/api/v1/store/payment-methods', {});
  const saved = useApiQuery('/api/v1/portal/saved-methods', {});
  const error = methods.error ?? saved.error;
  const retry = () => void Promise.all([methods.refetch(), saved.refetch()]);
  if (!methods.data || !saved.data) return { error, retry };
  const { items, savedWith } = saved.data;
  const chargeable = items.filter(({ gatewayId }) => savedWith.some(({ id }) => id === gatewayId));
  return { ways: { methods: methods.data.items, saved: chargeable }, error, retry };
}
