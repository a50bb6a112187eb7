import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

const SESSION_PATH = '/api/v1/session';

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      // A session that ended elsewhere is noticed by the first refused read; the guards then lead to the sign-in.
      if (error instanceof ApiProblem && error.status === 401 && query.queryKey[0] !== SESSION_PATH) {
        void queryClient.invalidateQueries({ queryKey: [SESSION_PATH] });
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Refusals stay refusals; only a missing or broken answer is worth another try.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
    },
  },
});

/** After a write: whatever is on screen is read again. */
export const refreshScreen = () => queryClient.invalidateQueries();
