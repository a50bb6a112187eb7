import { useParams } from '@tanstack/react-router';

/** The `$id` of the page's address. Only for pages whose route has one. */
export function useRouteId(): string {
  const { id } = useParams({ strict: false }) as { id?: string };
  if (id === undefined) throw new Error('The route of this page has no $id');
  return id;
}
