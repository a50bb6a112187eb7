import { NumberInput, type NumberInputProps } from '@mantine/core';

/**
 * Decimals of currencies whose minor unit is not a hundredth (ISO 4217). Written out: browsers only know how amounts are
 * customarily shown, which for IQD or LBP is not how they are counted.
 */
const DECIMALS: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Decimals of a currency's minor unit, 0 to 4. */
export const decimalsOf = (currency: string) => DECIMALS[currency] ?? 2;

/** An amount in minor units (1999 is 19.99) as people read it, in the browser's language. */
export function formatMoney(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(minor / 10 ** decimals);
}

export const Money = ({ minor, currency }: { minor: number; currency: string }) => (
  <span className="ui-numbers ui-whole">{formatMoney(minor, currency)}</span>
);

interface MoneyInputProps extends Omit<NumberInputProps, 'value' | 'onChange' | 'defaultValue'> {
  currency: string;
  /** Minor units; null while empty. */
  value: number | null;
  onChange: (minor: number | null) => void;
}

/** Asks for an amount in the currency's own decimals and hands over minor units. */
export function MoneyInput({ currency, value, onChange, ...rest }: MoneyInputProps) {
  const decimals = decimalsOf(currency);
  return (
    <NumberInput
      hideControls
      decimalScale={decimals}
      fixedDecimalScale
      allowNegative={false}
      leftSection={<span style={{ fontSize: 12 }}>{currency}</span>}
      leftSectionWidth={52}
      {...rest}
      value={value === null ? '' : value / 10 ** decimals}
      onChange={(typed) => onChange(typed === '' ? null : Math.round(Number(typed) * 10 ** decimals))}
    />
  );
}
