import { Checkbox, Group, ScrollArea, Table, Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { CYCLE_ORDER, type Cycle, cycleName } from '../../ui/cycle.ts';
import { MoneyInput } from '../../ui/money.tsx';

type Price = Api<'Price'>;

interface Props {
  currencies: string[];
  value: Price[];
  onChange: (prices: Price[]) => void;
  /** What the grid prices, for screen readers: "Starter", "Extra storage, 20 GB". */
  label: string;
  /** Only these cycles; all when not given. An option is priced for the cycles its product is sold in. */
  cycles?: Cycle[];
}

/** Prices by cycle and currency. A blank price means: not sold for that cycle in that currency. */
export function PriceGrid({ currencies, value, onChange, label, cycles }: Props) {
  const shown = CYCLE_ORDER.filter((cycle) => !cycles || cycles.includes(cycle));
  const find = (currency: string, cycle: Cycle) =>
    value.find((price) => price.currency === currency && price.cycle === cycle);
  const put = (currency: string, cycle: Cycle, price: Pick<Price, 'amountMinor' | 'setupMinor'> | null) =>
    onChange([
      ...value.filter((other) => other.currency !== currency || other.cycle !== cycle),
      ...(price ? [{ currency, cycle, ...price }] : []),
    ]);

  return (
    <ScrollArea
      type="auto"
      offsetScrollbars="x"
      viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': `Prices of ${label}` }}
    >
      <Table verticalSpacing={6} withRowBorders={false} miw={220 + currencies.length * 240}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Cycle</Table.Th>
            {currencies.map((currency) => (
              <Table.Th key={currency} scope="col">
                {currency}: price and set-up fee
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((cycle) => (
            <Table.Tr key={cycle}>
              <Table.Th scope="row" fw={400}>
                <Text size="sm">{cycleName(cycle)}</Text>
              </Table.Th>
              {currencies.map((currency) => (
                <Table.Td key={currency}>
                  <PriceCell
                    label={`${label}, ${cycleName(cycle)}, ${currency}`}
                    currency={currency}
                    free={cycle === 'free'}
                    price={find(currency, cycle)}
                    onChange={(price) => put(currency, cycle, price)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

interface CellProps {
  label: string;
  currency: string;
  free: boolean;
  price: Price | undefined;
  onChange: (price: Pick<Price, 'amountMinor' | 'setupMinor'> | null) => void;
}

function PriceCell({ label, currency, free, price, onChange }: CellProps) {
  if (free) {
    return (
      <Checkbox
        label="Offered for free"
        aria-label={`${label}: offered for free`}
        checked={price !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? { amountMinor: 0, setupMinor: 0 } : null)}
      />
    );
  }
  return (
    <Group gap={6} wrap="nowrap">
      <MoneyInput
        currency={currency}
        aria-label={`${label}: price`}
        placeholder="Not sold"
        value={price?.amountMinor ?? null}
        onChange={(amountMinor) =>
          onChange(amountMinor === null ? null : { amountMinor, setupMinor: price?.setupMinor ?? 0 })
        }
      />
      <MoneyInput
        currency={currency}
        aria-label={`${label}: set-up fee`}
        placeholder="Set-up"
        disabled={price === undefined}
        value={price === undefined || price.setupMinor === 0 ? null : price.setupMinor}
        onChange={(setupMinor) => price && onChange({ amountMinor: price.amountMinor, setupMinor: setupMinor ?? 0 })}
      />
    </Group>
  );
}
