import { Badge, Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from '../api/types.ts';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { perCycle } from '../ui/cycle.ts';
import { formatMoney } from '../ui/money.tsx';
import { OptionField } from '../ui/option-field.tsx';
import type { PackageWish } from './use-package-quote.ts';

type Packages = Api<'Packages'>;

interface PackagePickerProps {
  packages: Packages;
  wish: PackageWish;
  error?: ReactNode;
  onChange: (wish: PackageWish) => void;
}

/** What a service may be moved to: the packages with their price in its cycle, then the options of the chosen one. */
export function PackagePicker({ packages, wish, error, onChange }: PackagePickerProps) {
  const chosen = packages.items.find((item) => item.productId === wish.productId);
  const price = (minor: number) => `${formatMoney(minor, packages.currency)} ${perCycle(packages.cycle)}`;
  const choose = (productId: string) =>
    onChange({ productId, options: packages.items.find((item) => item.productId === productId)?.optionValues ?? {} });
  return (
    <Stack gap="lg">
      <Radio.Group label="Package" value={wish.productId} onChange={choose} error={error}>
        <Stack gap="xs" mt={6}>
          {packages.items.map((item) => (
            <ChoiceCard
              key={item.productId}
              value={item.productId}
              title={item.productName}
              badge={item.current && <CurrentBadge />}
              aside={price(item.recurringMinor)}
              description={item.tagline}
            />
          ))}
        </Stack>
      </Radio.Group>
      {chosen?.options.map((option) => (
        <OptionField
          key={option.code}
          option={option}
          value={wish.options[option.code] ?? ''}
          priceOf={({ amountMinor }) => (amountMinor > 0 ? `+${price(amountMinor)}` : '')}
          onChange={(value) => onChange({ ...wish, options: { ...wish.options, [option.code]: value } })}
        />
      ))}
    </Stack>
  );
}

const CurrentBadge = () => (
  <Badge variant="light" tt="none" fw={550} component="span">
    Now
  </Badge>
);
