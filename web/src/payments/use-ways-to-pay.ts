import { useApiQuery } from '../api/client.ts';
import type { ApiProblem } from '../api/problem.ts';
import type { Api } from '../api/types.ts';
import { useRightRefusal } from '../ui/session.tsx';

type PaymentMethod = Api<'PaymentMethod'>;
export type SavedMethod = Api<'SavedMethods'>['items'][number];

export interface WaysToPay {
  methods: PaymentMethod[];
  /** What the customer saved and can be charged now, the default first; nothing for who may not pay. */
  saved: SavedMethod[];
}

/** How whoever is signed in can pay here now. */
export function useWaysToPay(): { ways?: WaysToPay; error: ApiProblem | null; retry: () => void } {
  const mayPay = useRightRefusal()('billing') === null;
  const methods = useApiQuery('/api/v1/store/payment-methods', {});
  const saved = useApiQuery('/api/v1/portal/saved-methods', {}, { enabled: mayPay });
  const error = methods.error ?? saved.error;
  const retry = () => void Promise.all([methods.refetch(), mayPay && saved.refetch()]);
  if (!methods.data || (mayPay && !saved.data)) return { error, retry };
  const { items = [], savedWith = [] } = saved.data ?? {};
  const chargeable = items.filter(({ gatewayId }) => savedWith.some(({ id }) => id === gatewayId));
  return { ways: { methods: methods.data.items, saved: chargeable }, error, retry };
}
