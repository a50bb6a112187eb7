import { Money } from '../../ui/money.tsx';

/** Credit by currency, in one line; a dash when there is none. */
export function Balances({ balances }: { balances: { currency: string; amountMinor: number }[] }) {
  const held = balances.filter((balance) => balance.amountMinor !== 0);
  if (held.length === 0) return <>–</>;
  return held.map((balance, index) => (
    <span key={balance.currency}>
      {index > 0 && ', '}
      <Money minor={balance.amountMinor} currency={balance.currency} />
    </span>
  ));
}
