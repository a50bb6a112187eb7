import { Select, Text, Textarea, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { RUNG_WORDS } from '../automation/rung-words.ts';

type Exemption = Api<'Exemption'>;

/** The steps that act on one service; the others act on whole invoices or on what its owner asked for. */
const STEPS = (['suspend', 'propose_termination', 'renewal_invoice'] as const satisfies Exemption['rung'][]).map(
  (rung) => ({ value: rung, label: RUNG_WORDS[rung] }),
);

const UNTIL_WORDS: Record<Exemption['rung'], string> = {
  suspend: 'From the day after, the step applies again.',
  propose_termination: 'From the day after, the step applies again.',
  renewal_invoice: 'Periods that begin until then are free. The next one is invoiced in its time.',
};

interface Props {
  serviceId: string;
  /** What it is spared already, as it was read; the same step again replaces it. */
  list: Api<'Exemptions'>;
  onDone: () => void;
}

export function ExemptionForm({ serviceId, list, onDone }: Props) {
  const form = useApiForm({
    initialValues: { rung: 'suspend' as Exemption['rung'], until: '', reason: '' },
    validate: {
      until: (until) => (until === '' ? 'Say on which day it ends' : null),
      reason: (reason) => (reason.trim() === '' ? 'Say why, for those who read this later' : null),
    },
    send: (exemption) =>
      send('put', '/api/v1/services/{id}/exemptions', {
        path: { id: serviceId },
        body: {
          items: [...list.items.filter(({ rung }) => rung !== exemption.rung), exemption],
          version: list.version,
        },
      }),
    fieldOf: (path) => path.replace(/^items\.\d+\./, ''),
    onDone: () => {
      onDone();
      notifySuccess('The exemption is saved.');
    },
  });
  const replaced = list.items.some(({ rung }) => rung === form.values.rung);
  return (
    <FormShell form={form} submitLabel="Add exemption">
      <Text size="sm" c="dimmed">
        Automation leaves this step out. What staff do by hand is not held back.
      </Text>
      <Select
        label="Step"
        description={replaced ? 'Exempt already; this replaces it.' : undefined}
        allowDeselect={false}
        data={STEPS}
        {...form.getInputProps('rung')}
      />
      <TextInput
        type="date"
        label="Up to and with"
        description={UNTIL_WORDS[form.values.rung]}
        withAsterisk
        {...form.getInputProps('until')}
      />
      <Textarea
        label="Why"
        description="Seen by staff only."
        withAsterisk
        autosize
        minRows={2}
        maxLength={200}
        {...form.getInputProps('reason')}
      />
    </FormShell>
  );
}
