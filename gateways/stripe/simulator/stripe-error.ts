import type { PaymentError } from './objects.ts';

export const docUrlOf = (code: string) => `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;

/** An error as Stripe answers it. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly body: { error: object };
  /** Whether the call had begun: then its answer is what the idempotency key gets again. */
  readonly begun: boolean;

  constructor(
    status: number,
    error: { type: string; message: string; [field: string]: unknown } | PaymentError,
    begun = false,
  ) {
    super(error.message);
    this.status = status;
    this.body = {
      error: 'code' in error && typeof error.code === 'string' ? { doc_url: docUrlOf(error.code), ...error } : error,
    };
    this.begun = begun;
  }
}

export const invalidRequest = (message: string, more: { code?: string; param?: string; status?: number } = {}) => {
  const { status = 400, ...rest } = more;
  return new StripeFailure(status, { type: 'invalid_request_error', message, ...rest });
};

export const missing = (what: string, id: string, param = 'id') =>
  invalidRequest(`No such ${what}: '${id}'`, { code: 'resource_missing', param, status: 404 });

export const required = (param: string) =>
  invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
