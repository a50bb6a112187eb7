import { Text, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

export function RenewForm({ service, onDone }: { service: Api<'Service'>; onDone: () => void }) {
  const form = useApiForm({
    initialValues: { paidUntil: service.nextDueOn ?? '' },
    validate: { paidUntil: (day) => (day === '' ? 'Choose a day' : null) },
    send: (body) => send('post', '/api/v1/services/{id}/renew', { path: { id: service.id }, body }),
    onDone: () => {
      onDone();
      notifySuccess('The panel is being told.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Tell the panel">
      <Text size="sm">
        For panels that count paid periods themselves. Renewals that are paid here are told to the panel without this.
      </Text>
      <TextInput type="date" label="Paid until" withAsterisk data-autofocus {...form.getInputProps('paidUntil')} />
    </FormShell>
  );
}
