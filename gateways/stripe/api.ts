/** Stripe's own library, pointed where the settings say, and its errors told apart as the shop needs them. */
import { type ModuleFailure, NeedsStaff, Refused, Retry, Unknown } from '@hostwright/sdk';
import { Stripe } from 'stripe';
import type { Asked } from './settings.ts';

/** Of one try; a request whose answer was lost is tried once more with the same idempotency key. */
const TIMEOUT_MS = 20_000;
const RETRIES = 1;

const NOT_NOW = 'This payment method does not work at the moment.';

/** A client that gives up when the caller does. */
export function stripeApi({ settings, signal }: Asked): Stripe {
  const { hostname, port, protocol } = new URL(settings.apiUrl);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return new Stripe(settings.secretKey, {
    host: hostname,
    port: port || (scheme === 'http' ? 80 : 443),
    protocol: scheme,
    maxNetworkRetries: RETRIES,
    timeout: TIMEOUT_MS,
    telemetry: false,
    appInfo: { name: 'Hostwright' },
    httpClient: Stripe.createFetchHttpClient(fetchUntil(signal)),
  });
}

/** What the second try of a request is answered without looking whether the first one was carried out. */
const PROVES_NOTHING = new Set([401, 403, 429]);

/**
 * `fetch` for the library, which sends a request again by itself when its answer was lost. "Too many requests" to the
 * second try must not be taken for the answer to the first: the money may have moved.
 */
function fetchUntil(signal: AbortSignal): typeof fetch {
  let lost = false;
  return async (address, init = {}) => {
    const stop = init.signal ? AbortSignal.any([init.signal, signal]) : signal;
    const secondTry = lost;
    lost = init.method === 'POST';
    const answer = await fetch(address, { ...init, signal: stop });
    if (secondTry && PROVES_NOTHING.has(answer.status)) {
      throw new TypeError(`The answer was lost, and the second try was answered ${answer.status}.`);
    }
    lost = answer.status === 409 || answer.status >= 500;
    return answer;
  };
}

/**
 * Run calls of the library, saying what their failure means.
 *
 * @throws Refused, NeedsStaff or Retry when Stripe did nothing; Unknown when it may have
 */
export async function ask<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof Stripe.errors.StripeError ? failureOf(error) : error;
  }
}

/** As `ask`, with nothing for what Stripe does not have. */
export const askOrMissing = <T>(run: () => Promise<T>): Promise<T | undefined> =>
  ask(async () => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing')
        return undefined;
      throw error;
    }
  });

/** As `ask`, for what may have become impossible meanwhile: a refusal is fine, and the truth is asked for afterwards. */
export async function askUnlessRefused(run: () => Promise<unknown>): Promise<void> {
  await ask(run).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}

function failureOf(error: InstanceType<typeof Stripe.errors.StripeError>): ModuleFailure {
  const customerMissing = error.code === 'resource_missing' && error.param === 'customer';
  const code = customerMissing ? 'customer_missing' : (error.code ?? error.type);
  const explained = { code, detail: error.message, cause: error };
  const { errors } = Stripe;
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError) {
    return new NeedsStaff(NOT_NOW, explained);
  }
  if (error instanceof errors.StripeRateLimitError) return new Retry(NOT_NOW, explained);
  if (error instanceof errors.StripeInvalidRequestError)
    return new Refused(REFUSALS[error.code ?? ''] ?? NOT_NOW, explained);
  // Card errors are outcomes, told where a card is charged. The rest, 5xx and cut lines, proves nothing.
  return new Unknown('Stripe did not answer clearly.', explained);
}

/** Refusals a customer can do something about. */
const REFUSALS: Record<string, string> = {
  amount_too_small: 'The amount is too small to be paid by card. Please choose another payment method.',
  amount_too_large: 'The amount is too large to be paid by card. Please choose another payment method.',
};
