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
      notifySuccess('The service is being renewed.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Renew">
      <Text size="sm">
        The service is paid until this day without an invoice, and the next renewals are counted from it. Unpaid
        invoices for days before it are taken back. Panels that count paid periods themselves are told.
      </Text>
      <TextInput
        type="date"
        label="Paid until"
        withAsterisk
        data-autofocus
        min={service.nextDueOn ?? undefined}
        {...form.getInputProps('paidUntil')}
      />
    </FormShell>
  );
}
