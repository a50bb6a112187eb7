import { Fragment } from 'react';
import classes from './sums.module.css';

interface SumsProps {
  rows: [label: string, amount: string][];
  total: [label: string, amount: string];
}

/** Amounts that add up to one; every one of them is the server's. */
export const Sums = ({ rows, total }: SumsProps) => (
  <dl className={classes.sums}>
    {rows.map(([label, amount]) => (
      <Fragment key={label}>
        <dt>{label}</dt>
        <dd>{amount}</dd>
      </Fragment>
    ))}
    <dt className={classes.total}>{total[0]}</dt>
    <dd className={classes.total} aria-live="polite">
      {total[1]}
    </dd>
  </dl>
);
