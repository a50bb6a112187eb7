import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';

/**
 * The state of a table, kept in the page's address: what is filtered, searched and sorted, and where paging stands.
 * Two tables on one page keep apart by `prefix`.
 */
export function useTableUrl(filterNames: string[], prefix = '') {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const router = useRouter();
  const read = (name: string) => search[prefix + name] || undefined;

  const change = (changes: Record<string, string | undefined>, replace: boolean) => {
    const next = { ...search };
    for (const [name, value] of Object.entries(changes)) next[prefix + name] = value || undefined;
    void navigate({ to: '.', search: next as never, replace, resetScroll: false });
  };
  const page = Number(read('page') ?? 1);

  return {
    sort: read('sort'),
    search: read('search'),
    cursor: read('cursor'),
    page,
    filters: Object.fromEntries(filterNames.flatMap((name) => (read(name) ? [[name, read(name)]] : []))) as Record<
      string,
      string
    >,
    /** Filters, words and order begin again at the first page. */
    narrow: (changes: Record<string, string | undefined>) =>
      change({ ...changes, cursor: undefined, page: undefined }, true),
    next: (cursor: string) => change({ cursor, page: String(page + 1) }, false),
    /** Keyset pages only lead forwards, so going back is the browser's own back; a shared link goes to the start. */
    previous: () => {
      if (router.history.canGoBack()) router.history.back();
      else change({ cursor: undefined, page: undefined }, true);
    },
  };
}
export type TableUrl = ReturnType<typeof useTableUrl>;
