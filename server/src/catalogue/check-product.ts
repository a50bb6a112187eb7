/** What a product form may say, beyond its shape: prices, options and module settings that fit together. */
import { type Fields, fieldsSchema, type ModuleDefinition } from '@hostwright/sdk';
import type { z } from 'zod';
import { isCurrency } from '../kit/currencies.ts';
import { parseFields } from '../kit/declared-fields.ts';
import { Invalid, type Issue } from '../kit/errors.ts';
import type { priceIn, productIn } from './schemas.ts';

export type ProductInput = z.output<typeof productIn>;
type OptionInput = ProductInput['options'][number];
type PriceInput = z.output<typeof priceIn>;

/**
 * @returns the module settings with their defaults filled in
 * @throws Invalid `bad_product` naming everything that does not fit, or `bad_fields` for the module's settings
 */
export function checkProduct(
  input: ProductInput,
  module: ModuleDefinition | undefined,
): ProductInput['moduleSettings'] {
  if (!module) {
    const message = `no module "${input.moduleId}" is loaded; see Settings, Modules`;
    throw new Invalid('bad_product', { issues: [{ path: 'moduleId', message }] });
  }
  const issues = [
    ...priceIssues(input.prices, 'prices'),
    ...repeated(input.options.map(({ code }) => code)).map((index) => ({
      path: `options.${index}.code`,
      message: 'is used by another option of this product',
    })),
    ...input.options.flatMap((option, index) => optionIssues(option, `options.${index}`, module.product)),
  ];
  if (issues.length > 0) throw new Invalid('bad_product', { issues });
  return parseFields(module.product, input.moduleSettings, 'moduleSettings');
}

function priceIssues(prices: readonly PriceInput[], path: string): Issue[] {
  const issues: Issue[] = repeated(prices.map(({ currency, cycle }) => `${currency} ${cycle}`)).map((index) => ({
    path: `${path}.${index}`,
    message: 'another price has the same currency and cycle',
  }));
  prices.forEach(({ currency, cycle, amountMinor, setupMinor }, index) => {
    if (!isCurrency(currency))
      issues.push({ path: `${path}.${index}.currency`, message: 'is no currency of ISO 4217' });
    if (cycle === 'free' && (amountMinor > 0 || setupMinor > 0)) {
      issues.push({ path: `${path}.${index}.amountMinor`, message: 'must be 0 for the cycle free' });
    }
  });
  return issues;
}

function optionIssues(option: OptionInput, path: string, fields: Fields): Issue[] {
  return [
    ...kindIssues(option, path),
    ...repeated(option.values.map(({ value }) => value)).map((index) => ({
      path: `${path}.values.${index}.value`,
      message: 'is used twice',
    })),
    ...option.values.flatMap(({ prices }, index) => priceIssues(prices, `${path}.values.${index}.prices`)),
    ...overrideIssues(option, path, fields),
  ];
}

function kindIssues({ kind, values, minQuantity, maxQuantity }: OptionInput, path: string): Issue[] {
  switch (kind) {
    case 'choice':
      return values.filter(({ isDefault }) => isDefault).length > 1
        ? [{ path: `${path}.values`, message: 'at most one value can be the default' }]
        : [];
    case 'yes_no':
      return isOnly(values, 'yes') ? [] : [{ path: `${path}.values`, message: 'must be one value, "yes"' }];
    case 'quantity': {
      const issues: Issue[] = [];
      if (!isOnly(values, 'each')) issues.push({ path: `${path}.values`, message: 'must be one value, "each"' });
      if (minQuantity > maxQuantity)
        issues.push({ path: `${path}.minQuantity`, message: 'must not exceed maxQuantity' });
      return issues;
    }
    default:
      return kind satisfies never;
  }
}

const isOnly = (values: OptionInput['values'], value: string) => values.length === 1 && values[0]?.value === value;

/** An option named like a module setting is handed to the module in its place, so it must be able to stand there. */
function overrideIssues(option: OptionInput, path: string, fields: Fields): Issue[] {
  const field = fields[option.code];
  if (!field) return [];
  const schema = fieldsSchema({ [option.code]: field });
  return samplesOf(option).flatMap(({ sample, at }) => {
    const result = schema.safeParse({ [option.code]: sample });
    if (result.success) return [];
    const why = result.error.issues.map(({ message }) => message).join('; ');
    return [{ path: `${path}.${at}`, message: `does not fit the module setting ${field.label}: ${why}` }];
  });
}

function samplesOf(option: OptionInput): { sample: string | number | boolean; at: string }[] {
  switch (option.kind) {
    case 'choice':
      return option.values.map(({ value }, index) => ({ sample: value, at: `values.${index}.value` }));
    case 'yes_no':
      return [true, false].map((sample) => ({ sample, at: 'kind' }));
    case 'quantity':
      return [
        { sample: option.minQuantity, at: 'minQuantity' },
        { sample: option.maxQuantity, at: 'maxQuantity' },
      ];
    default:
      return option.kind satisfies never;
  }
}

/** Positions of texts that stood before. */
function repeated(texts: readonly string[]): number[] {
  return texts.flatMap((text, index) => (texts.indexOf(text) < index ? [index] : []));
}
