import { Radio, Stack } from '@mantine/core';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { type Cycle, cycleName, perCycle } from '../ui/cycle.ts';
import { formatMoney } from '../ui/money.tsx';
import { OptionField } from '../ui/option-field.tsx';
import { Section } from '../ui/section.tsx';
import { optionPrice } from './option-price.ts';
import { Saving } from './saving.tsx';
import type { Selection, StoreProductDetail } from './selection.ts';

interface SelectionFieldsProps {
  product: StoreProductDetail;
  selection: Selection;
  onChange: (changes: Partial<Selection>) => void;
}

/** How often a product is paid, and its options; a choice of one is no question. */
export const SelectionFields = ({ product, selection, onChange }: SelectionFieldsProps) => (
  <>
    {product.prices.length > 1 && (
      <Section title="Billing cycle">
        <Radio.Group
          aria-label="Billing cycle"
          value={selection.cycle}
          onChange={(cycle) => onChange({ cycle: cycle as Cycle })}
        >
          <Stack gap="sm">
            {product.prices.map((price) => (
              <ChoiceCard
                key={price.cycle}
                value={price.cycle}
                title={cycleName(price.cycle)}
                badge={<Saving percent={price.savingPercent} />}
                aside={`${formatMoney(price.amountMinor, product.currency)} ${perCycle(price.cycle)}`.trim()}
                description={
                  price.setupMinor > 0 && `plus ${formatMoney(price.setupMinor, product.currency)} set-up, once`
                }
              />
            ))}
          </Stack>
        </Radio.Group>
      </Section>
    )}
    {product.options.length > 0 && (
      <Section title="Options">
        <Stack gap="xl">
          {product.options.map((option) => (
            <OptionField
              key={option.code}
              option={option}
              value={selection.options[option.code] ?? ''}
              priceOf={(choice) => optionPrice(choice, selection.cycle, product.currency)}
              onChange={(value) => onChange({ options: { ...selection.options, [option.code]: value } })}
            />
          ))}
        </Stack>
      </Section>
    )}
  </>
);
