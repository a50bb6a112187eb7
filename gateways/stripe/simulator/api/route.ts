import type { Bank } from '../banking.ts';
import { type Form, formOf, textOf } from '../form.ts';
import { invalidRequest } from '../stripe-error.ts';

export interface ApiCall {
  bank: Bank;
  /** The id in the path, '' where there is none. */
  id: string;
  /** The second id in the path, '' where there is none. */
  below: string;
  /** Of a GET the query, of a POST the body. */
  given: Form;
  path: string;
}

export interface ApiRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  /** What a restricted key must have. */
  permission: string;
  /** Every parameter Stripe documents for it, `expand` apart; any other is refused. */
  params: Set<string>;
  answer(call: ApiCall): unknown;
}

/** Of every list. */
export const PAGING = 'limit starting_after ending_before';

/** Routes that take the same permission. @param params names, with spaces between them */
export const routesFor =
  (permission: string) =>
  (method: ApiRoute['method'], path: string, params: string, answer: ApiRoute['answer']): ApiRoute => ({
    method,
    path: new RegExp(`^/v1/${path.replaceAll('{id}', '([^/]+)')}$`),
    permission,
    params: new Set(['expand', ...params.split(' ').filter(Boolean)]),
    answer,
  });

/** @throws StripeFailure for the first parameter Stripe does not know */
export function checkParams({ params }: ApiRoute, given: Form): void {
  const unknown = Object.keys(given).find((name) => !params.has(name));
  if (unknown !== undefined) {
    throw invalidRequest(`Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', param: unknown });
  }
}

/** An object with what an update gives: texts that are named are set, or emptied when given empty; marks are merged. */
export function updated<Row extends { metadata: Record<string, string> }>(
  row: Row,
  given: Form,
  names: readonly (keyof Row & string)[],
): Row {
  const texts = names.filter((name) => name in given).map((name) => [name, textOf(given[name]) ?? null]);
  return { ...row, ...Object.fromEntries(texts), metadata: mergedMarks(row.metadata, given.metadata) };
}

/** A mark given empty is taken away, and all of them when `metadata` itself is. */
function mergedMarks(before: Record<string, string>, given: Form[string] | undefined): Record<string, string> {
  if (given === undefined) return before;
  if (given === '') return {};
  const merged = Object.entries({ ...before, ...formOf(given) });
  return Object.fromEntries(
    merged.filter((mark): mark is [string, string] => typeof mark[1] === 'string' && mark[1] !== ''),
  );
}
