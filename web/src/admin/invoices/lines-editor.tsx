import { ActionIcon, Button, Group, Input, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ApiForm } from '../../ui/form.tsx';
import { MoneyInput } from '../../ui/money.tsx';
import classes from './lines-editor.module.css';

/** Amounts and counts are null while their field is empty. */
export interface LineDraft {
  description: string;
  quantity: number | null;
  unitMinor: number | null;
}

export const EMPTY_LINE: LineDraft = { description: '', quantity: 1, unitMinor: null };

const MOST_LINES = 50;
const MOST_OF_ONE = 10_000;

interface LinesEditorProps {
  form: ApiForm<{ lines: LineDraft[] } & Record<string, unknown>>;
  currency: string;
}

/** The lines of an invoice that is being written: what for, how many, how much each. */
export function LinesEditor({ form, currency }: LinesEditorProps) {
  const { lines } = form.values;
  return (
    <Stack>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity before they are issued
        <fieldset key={index} aria-label={`Line ${index + 1}`} className={classes.line}>
          <TextInput
            label="Description"
            withAsterisk
            maxLength={200}
            className={classes.description}
            {...form.getInputProps(`lines.${index}.description`)}
          />
          <NumberInput
            label="Quantity"
            min={1}
            max={MOST_OF_ONE}
            clampBehavior="strict"
            allowDecimal={false}
            {...form.getInputProps(`lines.${index}.quantity`)}
            value={line.quantity ?? ''}
            onChange={(typed) => form.setFieldValue(`lines.${index}.quantity`, typed === '' ? null : Number(typed))}
          />
          <MoneyInput
            label="Each"
            withAsterisk
            currency={currency}
            {...form.getInputProps(`lines.${index}.unitMinor`)}
            value={line.unitMinor}
            onChange={(minor) => form.setFieldValue(`lines.${index}.unitMinor`, minor)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            className={classes.remove}
            aria-label={`Remove line ${index + 1}`}
            disabled={lines.length === 1}
            onClick={() => form.removeListItem('lines', index)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </fieldset>
      ))}
      {form.errors.lines && <Input.Error>{form.errors.lines}</Input.Error>}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={lines.length >= MOST_LINES}
          onClick={() => form.insertListItem('lines', { ...EMPTY_LINE })}
        >
          Add a line
        </Button>
      </Group>
    </Stack>
  );
}
