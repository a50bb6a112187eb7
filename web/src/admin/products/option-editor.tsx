import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  NumberInput,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import type { Cycle } from '../../ui/cycle.ts';
import { PriceGrid } from './price-grid.tsx';
import type { OptionDraft, OptionValueDraft } from './product-draft.ts';

const KIND_WORDS: Record<OptionDraft['kind'], string> = {
  choice: 'Choice',
  yes_no: 'Yes or no',
  quantity: 'Quantity',
};

interface Props {
  option: OptionDraft;
  currencies: string[];
  /** Cycles the product is sold in; a value is priced for these. */
  cycles: Cycle[];
  settings: Api<'Module'>['productFields'];
  onChange: (option: OptionDraft) => void;
  onRemove: () => void;
}

export function OptionEditor({ option, currencies, cycles, settings, onChange, onRemove }: Props) {
  const name = option.name || 'New option';
  const putValues = (values: OptionValueDraft[]) => onChange({ ...option, values });
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Stack>
        <Group justify="space-between">
          <Text fw={600}>
            {name}{' '}
            <Text span c="dimmed" size="sm" fw={400}>
              {KIND_WORDS[option.kind]}
            </Text>
          </Text>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput
            label="Name"
            withAsterisk
            value={option.name}
            onChange={(event) => onChange({ ...option, name: event.currentTarget.value })}
          />
          <Autocomplete
            label="Code"
            description={effectOf(option.code, settings)}
            withAsterisk
            maxLength={60}
            data={settings.map(({ name }) => name)}
            renderOption={({ option: { value } }) => `${settings.find((one) => one.name === value)?.label} (${value})`}
            value={option.code}
            onChange={(code) => onChange({ ...option, code })}
          />
          <TextInput
            label="Help"
            maxLength={500}
            value={option.help}
            onChange={(event) => onChange({ ...option, help: event.currentTarget.value })}
          />
        </SimpleGrid>
        {option.kind === 'quantity' && <QuantityBounds option={option} onChange={onChange} />}
        {option.values.map((value, index) => (
          <ValueEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: values have no identity before they are saved
            key={index}
            option={option}
            value={value}
            currencies={currencies}
            cycles={cycles}
            onChange={(changed) => putValues(option.values.with(index, changed))}
            onDefault={() => putValues(option.values.map((other) => ({ ...other, isDefault: other === value })))}
            onRemove={option.values.length > 1 ? () => putValues(option.values.toSpliced(index, 1)) : undefined}
          />
        ))}
        {option.kind === 'choice' && (
          <Button
            size="xs"
            variant="subtle"
            w="fit-content"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => putValues([...option.values, { value: '', label: '', isDefault: false, prices: [] }])}
          >
            Add value
          </Button>
        )}
      </Stack>
    </Paper>
  );
}

function effectOf(code: string, settings: Props['settings']): string {
  if (code.trim() === '') return 'A setting of the panel, or a word of your own.';
  const setting = settings.find(({ name }) => name === code.trim());
  return setting
    ? `Sets “${setting.label}” on the panel.`
    : 'No setting of the panel: nothing happens there by itself.';
}

function QuantityBounds({ option, onChange }: Pick<Props, 'option' | 'onChange'>) {
  return (
    <SimpleGrid cols={2}>
      <NumberInput
        label="At least"
        min={0}
        max={10_000}
        allowDecimal={false}
        value={option.minQuantity}
        onChange={(minQuantity) => onChange({ ...option, minQuantity: Number(minQuantity) })}
      />
      <NumberInput
        label="At most"
        min={1}
        max={10_000}
        allowDecimal={false}
        value={option.maxQuantity}
        onChange={(maxQuantity) => onChange({ ...option, maxQuantity: Number(maxQuantity) })}
      />
    </SimpleGrid>
  );
}

interface ValueProps extends Pick<Props, 'option' | 'currencies' | 'cycles'> {
  value: OptionValueDraft;
  onChange: (value: OptionValueDraft) => void;
  onDefault: () => void;
  onRemove: (() => void) | undefined;
}

function ValueEditor({ option, value, currencies, cycles, onChange, onDefault, onRemove }: ValueProps) {
  const name = `${option.name || 'New option'}, ${value.label || 'new value'}`;
  return (
    <Stack gap="xs">
      {option.kind === 'choice' && (
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Shown as"
            flex="1 1 160px"
            value={value.label}
            onChange={(event) => onChange({ ...value, label: event.currentTarget.value })}
          />
          <TextInput
            label="Value"
            flex="1 1 120px"
            value={value.value}
            onChange={(event) => onChange({ ...value, value: event.currentTarget.value })}
          />
          <Radio label="Default" mb={8} checked={value.isDefault} onChange={onDefault} />
          {onRemove && (
            <ActionIcon variant="subtle" color="gray" mb={4} aria-label={`Remove ${name}`} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      )}
      {cycles.length === 0 ? (
        <Text size="sm" c="dimmed">
          Price the product first; its options are priced for the same cycles.
        </Text>
      ) : (
        <PriceGrid
          label={name}
          currencies={currencies}
          cycles={cycles}
          value={value.prices}
          onChange={(prices) => onChange({ ...value, prices })}
        />
      )}
    </Stack>
  );
}
