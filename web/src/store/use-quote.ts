import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { send } from '../api/client.ts';
import type { ApiProblem } from '../api/problem.ts';
import type { Api } from '../api/types.ts';
import { domainProblem } from './domain.ts';
import type { Selection, StoreProductDetail } from './selection.ts';

/** Prices do not depend on the domain, and a price is wanted before one is typed. Reserved for this by RFC 2606. */
const DOMAIN_WHILE_UNKNOWN = 'your-domain.example';

/**
 * What a selection costs and what is due today, as the server prices the order. The last price stays while the next one
 * is on its way.
 */
export function useQuote(product: StoreProductDetail, selection: Selection, useCredit = false) {
  const item = {
    productId: product.id,
    cycle: selection.cycle,
    domain: domainProblem(selection.domain) ? DOMAIN_WHILE_UNKNOWN : selection.domain,
    options: selection.options,
  };
  const [settled] = useDebouncedValue(JSON.stringify({ currency: product.currency, items: [item], useCredit }), 200);
  return useQuery<Api<'Quote'>, ApiProblem>({
    queryKey: ['/api/v1/store/quote', settled],
    queryFn: ({ signal }) => send('post', '/api/v1/store/quote', { body: JSON.parse(settled) }, { signal }),
    placeholderData: keepPreviousData,
  });
}
