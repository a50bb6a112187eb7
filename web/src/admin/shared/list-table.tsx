import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from '../../ui/data-table.module.css';
import type { Column } from '../../ui/data-table.tsx';
import { TableCards, TableGrid } from '../../ui/table-body.tsx';
import { useTableUrl } from '../../ui/table-url.ts';

interface Props<T> {
  /** Spoken name of the table. */
  label: string;
  rows: T[];
  columns: Omit<Column<T>, 'sortable' | 'sortKey'>[];
  rowKey: (row: T) => string;
  rowHref?: (row: T) => string;
  /** Shown instead of the table when there are no rows. */
  empty: ReactNode;
  /** Inside a `Section flush`, which brings the frame. */
  flush?: boolean;
}

/** A short list the API answers whole, drawn like every other table. Lists that come in pages use `DataTable`. */
export function ListTable<T>({ label, rows, columns, rowKey, rowHref, empty, flush = false }: Props<T>) {
  const url = useTableUrl([]);
  const onPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const Body = onPhone ? TableCards<T> : TableGrid<T>;
  return (
    <div className={flush ? `${classes.frame} ${classes.flush}` : classes.frame}>
      {rows.length === 0 ? (
        empty
      ) : (
        <Body label={label} rows={rows} columns={columns} rowKey={rowKey} rowHref={rowHref} url={url} />
      )}
    </div>
  );
}
