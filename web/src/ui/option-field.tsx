import { Checkbox, Group, NumberInput, Radio, Select, Stack, Text } from '@mantine/core';

export type OptionValue = string | number | boolean;

interface OptionChoice {
  value: string;
  label: string;
}

/** An option of a product as the store and package changes offer it; they differ in how a value is priced. */
interface Option<V extends OptionChoice> {
  name: string;
  help: string;
  kind: 'choice' | 'yes_no' | 'quantity';
  minQuantity: number;
  maxQuantity: number;
  values: V[];
}

interface OptionFieldProps<V extends OptionChoice> {
  option: Option<V>;
  value: OptionValue;
  /** What a value adds to the price, as text; empty when it adds nothing. */
  priceOf: (choice: V) => string;
  onChange: (value: OptionValue) => void;
}

/** Up to this many values are seen at once; more fold into a list. */
const VALUES_AT_ONCE = 5;

/** One option of a product, each value with what it adds. */
export function OptionField<V extends OptionChoice>({ option, value, priceOf, onChange }: OptionFieldProps<V>) {
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
              {entry && <Extra text={priceOf(entry)} />}
            </Group>
          }
          description={option.help}
        />
      );
    }
    case 'quantity': {
      const [entry] = option.values;
      const each = entry ? priceOf(entry) : '';
      return (
        <NumberInput
          label={option.name}
          description={[option.help, each && `${each} each`].filter(Boolean).join(' ')}
          min={option.minQuantity}
          max={option.maxQuantity}
          clampBehavior="strict"
          allowDecimal={false}
          styles={{ wrapper: { maxWidth: 220 } }}
          value={Number(value)}
          onChange={(typed) => onChange(typed === '' ? option.minQuantity : Number(typed))}
        />
      );
    }
    case 'choice':
      return option.values.length <= VALUES_AT_ONCE ? (
        <Radio.Group
          label={option.name}
          description={option.help}
          descriptionProps={{ mt: 8 }}
          value={String(value)}
          onChange={onChange}
        >
          <Stack gap="xs" mt={8}>
            {option.values.map((entry) => (
              <Radio
                key={entry.value}
                value={entry.value}
                label={
                  <Group gap="xs">
                    {entry.label}
                    <Extra text={priceOf(entry)} />
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
            label: [entry.label, priceOf(entry)].filter(Boolean).join('  '),
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
