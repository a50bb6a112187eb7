import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import type { ApiForm } from '../../ui/form.tsx';
import { OptionEditor } from './option-editor.tsx';
import { newOption, type OptionDraft, type ProductDraft } from './product-draft.ts';

const KINDS: { kind: OptionDraft['kind']; label: string }[] = [
  { kind: 'choice', label: 'Choice' },
  { kind: 'yes_no', label: 'Yes or no' },
  { kind: 'quantity', label: 'Quantity' },
];

interface Props {
  form: ApiForm<ProductDraft>;
  currencies: string[];
  /** Settings of the panel that an option may override. */
  settings: Api<'Module'>['productFields'];
}

/** All options of a product; one is added by its kind, which cannot change afterwards. */
export function OptionsEditor({ form, currencies, settings }: Props) {
  const { options, prices } = form.values;
  const cycles = [...new Set(prices.map(({ cycle }) => cycle))];
  const put = (next: OptionDraft[]) => form.setFieldValue('options', next);
  return (
    <Stack gap="lg">
      {options.length === 0 && (
        <Text size="sm" c="dimmed">
          This product has no options: it is sold as it is.
        </Text>
      )}
      {options.map((option, index) => (
        <OptionEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: options have no identity before they are saved
          key={index}
          option={option}
          currencies={currencies}
          cycles={cycles}
          settings={settings}
          onChange={(changed) => put(options.with(index, changed))}
          onRemove={() => put(options.toSpliced(index, 1))}
        />
      ))}
      <Group gap="xs">
        {KINDS.map(({ kind, label }) => (
          <Button
            key={kind}
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => put([...options, newOption(kind)])}
          >
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
