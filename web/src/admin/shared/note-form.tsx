import { Text, Textarea } from '@mantine/core';
import { FormShell, useApiForm } from '../../ui/form.tsx';

interface Props {
  /** What will happen, in a sentence or two. */
  explanation: string;
  /** What the note is: "Reason". */
  label: string;
  submitLabel: string;
  /** Longest note the API takes, in characters. */
  maxLength?: number;
  send: (note: string) => Promise<unknown>;
  onDone: () => void;
}

/** The form of a dialog that asks for a note with something that matters. */
export function NoteForm({ explanation, label, submitLabel, maxLength = 500, send, onDone }: Props) {
  const form = useApiForm({
    initialValues: { note: '' },
    validate: { note: (note: string) => (note.trim() === '' ? 'Say why, for those who read this later' : null) },
    send: ({ note }) => send(note.trim()),
    // Some endpoints call the note `reason`.
    fieldOf: () => 'note',
    onDone,
  });
  return (
    <FormShell form={form} submitLabel={submitLabel}>
      <Text size="sm">{explanation}</Text>
      <Textarea
        label={label}
        withAsterisk
        autosize
        minRows={2}
        maxLength={maxLength}
        data-autofocus
        {...form.getInputProps('note')}
      />
    </FormShell>
  );
}
