import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';
import type { Column } from './data-table.tsx';
import { RouteLink } from './links.tsx';
import type { TableUrl } from './table-url.ts';

interface BodyProps<T> {
  label: string;
  rows: T[];
  columns: Column<T>[];
  rowKey: (row: T) => string;
  rowHref: ((row: T) => string) | undefined;
  url: TableUrl;
}

export function TableGrid<T>({ label, rows, columns, rowKey, rowHref, url }: BodyProps<T>) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} url={url} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={rowHref && classes.linked}>
              {columns.map((column, index) => (
                <td key={column.key} className={column.align === 'end' ? classes.end : undefined}>
                  {index === 0 && rowHref ? (
                    <RowLink href={rowHref(row)}>{column.cell(row)}</RowLink>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function TableCards<T>({ label, rows, columns, rowKey, rowHref }: BodyProps<T>) {
  const [title, ...rest] = columns;
  const shown = rest.filter((column) => !column.hideOnPhone);
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={rowHref ? `${classes.card} ${classes.linked}` : classes.card}>
          {title &&
            (rowHref ? <RowLink href={rowHref(row)}>{title.cell(row)}</RowLink> : <strong>{title.cell(row)}</strong>)}
          <dl className={classes.cardFacts}>
            {shown.map((column) => (
              <CardFact key={column.key} header={column.header}>
                {column.cell(row)}
              </CardFact>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

const CardFact = ({ header, children }: { header: string; children: ReactNode }) => (
  <>
    <dt>{header}</dt>
    <dd>{children}</dd>
  </>
);

const RowLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <RouteLink href={href} className={classes.rowLink}>
    {children}
  </RouteLink>
);

function HeaderCell<T>({ column, url }: { column: Column<T>; url: TableUrl }) {
  const key = column.sortKey ?? column.key;
  const order = url.sort === key ? 'ascending' : url.sort === `-${key}` ? 'descending' : undefined;
  const Arrow = order === 'ascending' ? IconArrowUp : order === 'descending' ? IconArrowDown : IconArrowsSort;
  return (
    <th
      scope="col"
      aria-sort={column.sortable ? (order ?? 'none') : undefined}
      className={column.align === 'end' ? classes.end : undefined}
    >
      {column.sortable ? (
        <button
          type="button"
          className={classes.sort}
          onClick={() => url.narrow({ sort: order === 'ascending' ? `-${key}` : key })}
        >
          {column.header}
          <Arrow size={13} aria-hidden />
        </button>
      ) : (
        column.header || <VisuallyHidden>Actions</VisuallyHidden>
      )}
    </th>
  );
}

export const TableSkeleton = ({ label }: { label: string }) => (
  <Stack p="md" gap="md">
    <VisuallyHidden role="status">Loading {label.toLowerCase()}</VisuallyHidden>
    {[82, 64, 74, 58, 70].map((width) => (
      <Skeleton key={width} h={18} w={`${width}%`} />
    ))}
  </Stack>
);
