import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../../api/problem.ts';
import { PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';

interface Props<T> {
  query: UseQueryResult<T, ApiProblem>;
  children: (data: T) => ReactNode;
}

/** The three states of a page about one thing: skeleton, what went wrong with a way to try again, the thing. */
export function Loaded<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <PageError error={query.error} onRetry={() => void query.refetch()} />;
  return <PageLoading />;
}
