import type { Api } from '../api/types.ts';

/** Sends the browser to the provider's page when that is where the payment goes on; it comes back by itself. */
export function goToProvider(result: Pick<Api<'PayResult'>, 'outcome' | 'url'> | null) {
  if (result?.outcome === 'redirect' && result.url) window.location.assign(result.url);
}
