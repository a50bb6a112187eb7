import { Checkbox, Group, NumberInput, Radio, Select, Stack, Text } from '@mantine/core';
import { type Cycle, perCycle } from '../ui/cycle.ts';
import { formatMoney } from '../ui/money.tsx';
import type { OptionValue, StoreProductDetail } from './selection.ts';

type Option = StoreProductDetail['options'][number];

interface OptionFieldProps {
  option: Option;
  value: OptionValue;
  cycle: Cycle;
  currency: string;
  onChange: (value: OptionValue) => void;
}

/** Up to this many values are seen at once; more fold into a list. */
const VALUES_AT_ONCE = 5;

/** One option of a product, each value with what it adds in the chosen cycle. */
export function OptionField({ option, value, cycle, currency, onChange }: OptionFieldProps) {
  const priced = (entry: Option['values'][number]) => extra(entry, cycle, currency);
  switch (option.kind) {
    case 'yes_no': {
      const [entry] = option.values;
      return (
        <Checkbox
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          label={
            <Group gap="xs">
              {option.name}
              {entry && <Extra text={priced(entry)} />}
            </Group>
          }
          description={option.help}
        />
      );
    }
    case 'quantity': {
      const [entry] = option.values;
      const each = entry ? priced(entry) : '';
      return (
        <NumberInput
          label={option.name}
          description={[option.help, each && `${each} each`].filter(Boolean).join(' ')}
          min={option.minQuantity}
          max={option.maxQuantity}
          clampBehavior="strict"
          allowDecimal={false}
          maw={220}
          value={Number(value)}
          onChange={(typed) => onChange(typed === '' ? option.minQuantity : Number(typed))}
        />
      );
    }
    case 'choice':
      return option.values.length <= VALUES_AT_ONCE ? (
        <Radio.Group label={option.name} description={option.help} value={String(value)} onChange={onChange}>
          <Stack gap="xs" mt={8}>
            {option.values.map((entry) => (
              <Radio
                key={entry.value}
                value={entry.value}
                label={
                  <Group gap="xs">
                    {entry.label}
                    <Extra text={priced(entry)} />
                  </Group>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        <Select
          label={option.name}
          description={option.help}
          allowDeselect={false}
          data={option.values.map((entry) => ({
            value: entry.value,
            label: [entry.label, priced(entry)].filter(Boolean).join('  '),
          }))}
          value={String(value)}
          onChange={(chosen) => chosen !== null && onChange(chosen)}
        />
      );
    default:
      return option.kind satisfies never;
  }
}

const Extra = ({ text }: { text: string }) =>
  text ? (
    <Text size="sm" c="dimmed" component="span">
      {text}
    </Text>
  ) : null;

function extra(entry: Option['values'][number], cycle: Cycle, currency: string): string {
  const price = entry.prices.find((offered) => offered.cycle === cycle);
  if (!price) return '';
  const parts = [
    price.amountMinor > 0 && `+${formatMoney(price.amountMinor, currency)} ${perCycle(cycle)}`,
    price.setupMinor > 0 && `+${formatMoney(price.setupMinor, currency)} once`,
  ];
  return parts.filter(Boolean).join(', ');
}
