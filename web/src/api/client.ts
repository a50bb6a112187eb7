import { queryOptions, type UseMutationOptions, useMutation, useQuery } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import { type ApiProblem, noAnswer, readProblem } from './problem.ts';
import { refreshScreen } from './query-client.ts';
import type { paths } from './schema.ts';
import type { AnswerOf, InputOf, Method, ParamsOf, PathOf } from './types.ts';

/** The typed API client. Failed answers are thrown as `ApiProblem`, so `data` is there when it returns. */
export const api = createClient<paths>({
  async fetch(request) {
    const response = await fetch(request).catch((error: unknown) => {
      throw error instanceof DOMException && error.name === 'AbortError' ? error : noAnswer();
    });
    if (!response.ok) throw await readProblem(response);
    return response;
  },
});

interface Sending {
  signal?: AbortSignal;
  /** The same key twice is the same request: the second answers what the first did. */
  idempotencyKey?: string;
}

/**
 * One request by method and path.
 * @throws ApiProblem when it is refused or no answer comes.
 */
export async function send<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  input: InputOf<P, M>,
  sending: Sending = {},
): Promise<AnswerOf<P, M>> {
  const { body, ...params } = input as { body?: unknown; path?: object; query?: object };
  // openapi-fetch's own overloads cannot follow a generic path; `InputOf` and `AnswerOf` read the same schema.
  const request = api.request as unknown as (method: string, path: string, init: object) => Promise<{ data: unknown }>;
  const { data } = await request(method, path, {
    params,
    ...(body === undefined ? {} : { body }),
    ...(sending.signal ? { signal: sending.signal } : {}),
    ...(sending.idempotencyKey ? { headers: { 'Idempotency-Key': sending.idempotencyKey } } : {}),
  });
  return data as AnswerOf<P, M>;
}

/** Query options of a GET, for `useQuery`, `useSuspenseQuery` and prefetching. Keyed by path and parameters. */
export const apiQuery = <P extends PathOf<'get'>>(path: P, params: ParamsOf<P>) =>
  queryOptions<AnswerOf<P, 'get'>, ApiProblem>({
    queryKey: [path, params],
    queryFn: ({ signal }) => send('get', path, params as InputOf<P, 'get'>, { signal }),
  });

interface QueryExtras<T> {
  enabled?: boolean;
  /** Milliseconds until it is read again; from the last answer where that decides. */
  refetchInterval?: number | false | ((answer: T | undefined) => number | false);
  staleTime?: number;
  /** Keep showing the last answer while the next one loads. */
  keepPrevious?: boolean;
}

/** Read from the API: `useApiQuery('/api/v1/portal/invoices/{id}', { path: { id } })`. */
export function useApiQuery<P extends PathOf<'get'>>(
  path: P,
  params: ParamsOf<P>,
  extras: QueryExtras<AnswerOf<P, 'get'>> = {},
) {
  const { keepPrevious, refetchInterval, ...rest } = extras;
  return useQuery({
    ...apiQuery(path, params),
    ...rest,
    refetchInterval:
      typeof refetchInterval === 'function' ? (query) => refetchInterval(query.state.data) : (refetchInterval ?? false),
    ...(keepPrevious ? { placeholderData: (previous: AnswerOf<P, 'get'> | undefined) => previous as never } : {}),
  });
}

/** Write to the API from a button; what is on screen is read again afterwards. Forms use `useApiForm`. */
export function useApiMutation<M extends Exclude<Method, 'get'>, P extends PathOf<M>>(
  method: M,
  path: P,
  options: Pick<UseMutationOptions<AnswerOf<P, M>, ApiProblem, InputOf<P, M>>, 'onSuccess' | 'onError'> = {},
) {
  return useMutation<AnswerOf<P, M>, ApiProblem, InputOf<P, M>>({
    ...options,
    mutationFn: (input) => send(method, path, input),
    onSettled: () => refreshScreen(),
  });
}
