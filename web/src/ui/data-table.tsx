import { Box, Button, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApiQuery } from '../api/client.ts';
import type { ListPath, ParamsOf, RowOf } from '../api/types.ts';
import classes from './data-table.module.css';
import { EmptyState } from './empty-state.tsx';
import { PageError } from './page-error.tsx';
import { TableCards, TableGrid, TableSkeleton } from './table-body.tsx';
import { type Filter, TableTools } from './table-tools.tsx';
import { useTableUrl } from './table-url.ts';

export interface Column<T> {
  /** Names the column; also the API's sort key unless `sortKey` says otherwise. */
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  sortable?: boolean;
  sortKey?: string;
  align?: 'start' | 'end';
  hideOnPhone?: boolean;
}

interface DataTableProps<P extends ListPath> {
  /** Spoken name of the table: "Invoices". */
  label: string;
  /** An API path that answers keyset pages; the rows' type comes from it. */
  path: P;
  /** Parameters that always hold: `{ query: { customerId } }`. */
  params?: { path?: Record<string, string>; query?: Record<string, string | undefined> };
  columns: Column<RowOf<P>>[];
  filters?: Filter[];
  /** Placeholder of the search field; no search without it. */
  search?: string;
  rowKey?: (row: RowOf<P>) => string;
  /** Where a row leads. The first column becomes the link. */
  rowHref?: (row: RowOf<P>) => string;
  /** What is shown when there is nothing at all yet. */
  empty: ReactNode;
  /** Rows per page, 1 to 200. */
  limit?: number;
  /** Reads again every so many milliseconds, for lists that live. */
  refetchInterval?: number;
  /** Inside a `Section flush`, which brings the frame. */
  flush?: boolean;
  /** Keeps the addresses of two tables on one page apart. */
  urlPrefix?: string;
}

/** The one table: paging, order, filters and search run on the server and are kept in the address; phones get cards. */
export function DataTable<P extends ListPath>(props: DataTableProps<P>) {
  const { filters = [], limit = 25 } = props;
  const url = useTableUrl(
    filters.map((filter) => filter.name),
    props.urlPrefix,
  );
  const onPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const query = useApiQuery(
    props.path,
    {
      ...(props.params?.path ? { path: props.params.path } : {}),
      query: {
        limit,
        ...defined({ sort: url.sort, search: url.search, cursor: url.cursor }),
        ...url.filters,
        ...defined(props.params?.query ?? {}),
      },
    } as ParamsOf<P>,
    { keepPrevious: true, ...(props.refetchInterval ? { refetchInterval: props.refetchInterval } : {}) },
  );
  // A `ListPath` answers a page of `RowOf` it; TypeScript cannot see through the generic.
  const page = query.data as { items: RowOf<P>[]; nextCursor: string | null; total: number; more: boolean } | undefined;
  const narrowed = Boolean(url.search) || Object.keys(url.filters).length > 0;
  const rowKey = props.rowKey ?? ((row: RowOf<P>) => String((row as { id: unknown }).id));
  const Body = onPhone ? TableCards<RowOf<P>> : TableGrid<RowOf<P>>;

  return (
    <Stack gap="md">
      {(filters.length > 0 || props.search) && (
        <Box px={props.flush ? 'lg' : 0}>
          <TableTools filters={filters} search={props.search} label={props.label} url={url} />
        </Box>
      )}
      {query.error && !page ? (
        <PageError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div className={props.flush ? `${classes.frame} ${classes.flush}` : classes.frame} aria-busy={query.isFetching}>
          {!page && <TableSkeleton label={props.label} />}
          {page?.items.length === 0 &&
            (narrowed ? <NothingFound onClear={() => url.narrow(cleared(filters))} /> : props.empty)}
          {page && page.items.length > 0 && (
            <div className={query.isPlaceholderData ? classes.stale : undefined}>
              <Body
                label={props.label}
                rows={page.items}
                columns={props.columns}
                rowKey={rowKey}
                rowHref={props.rowHref}
                url={url}
              />
            </div>
          )}
          {page && (page.nextCursor || url.cursor) && (
            <div className={classes.foot}>
              <span className="ui-numbers">{footText({ page: url.page, limit, ...page })}</span>
              <Button.Group>
                <Button size="xs" variant="default" disabled={!url.cursor} onClick={url.previous}>
                  Previous
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  disabled={!page.nextCursor || query.isPlaceholderData}
                  onClick={() => page.nextCursor && url.next(page.nextCursor)}
                >
                  Next
                </Button>
              </Button.Group>
            </div>
          )}
        </div>
      )}
    </Stack>
  );
}

/** The API counts no further than somebody would turn pages. */
function footText({ page, limit, total, more }: { page: number; limit: number; total: number; more: boolean }): string {
  const inAll = `${countFormat.format(total)}${more ? '+' : ''} in all`;
  return more ? `Page ${page} · ${inAll}` : `Page ${page} of ${Math.max(page, Math.ceil(total / limit))} · ${inAll}`;
}

const countFormat = new Intl.NumberFormat();

const NothingFound = ({ onClear }: { onClear: () => void }) => (
  <EmptyState
    icon={IconSearchOff}
    title="Nothing matches"
    text="Try other words, or take a filter away."
    action={
      <Button variant="default" size="xs" onClick={onClear}>
        Show everything
      </Button>
    }
  />
);

const cleared = (filters: Filter[]) => ({
  search: undefined,
  ...Object.fromEntries(filters.map(({ name }) => [name, undefined])),
});

const defined = (values: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
