import { Text, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { MoneyInput } from '../../ui/money.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

/** Money that came in another way than through a gateway. The same reference twice is the same money. */
export function RecordPaymentForm({ invoice, onDone }: { invoice: Api<'Invoice'>; onDone: () => void }) {
  const form = useApiForm({
    initialValues: { amountMinor: invoice.dueMinor as number | null, reference: '', receivedOn: '' },
    validate: {
      amountMinor: (amount) => (amount === null || amount === 0 ? 'Say how much arrived' : null),
      reference: (reference) =>
        reference.trim() === '' ? 'Needed, so that the same money is not counted twice' : null,
    },
    send: ({ amountMinor, reference, receivedOn }) =>
      send('post', '/api/v1/invoices/{id}/payments', {
        path: { id: invoice.id },
        body: { amountMinor: amountMinor ?? 0, reference, ...(receivedOn ? { receivedOn } : {}) },
      }),
    onDone: (answer) => {
      onDone();
      notifySuccess(answer.state === 'paid' ? 'Recorded; the invoice is paid.' : 'Recorded; something is still owed.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Record payment">
      <Text size="sm" c="dimmed">
        For money that arrived outside a gateway, by bank transfer for example. More than is owed becomes credit.
      </Text>
      <MoneyInput
        label="Amount"
        currency={invoice.currency}
        withAsterisk
        data-autofocus
        value={form.values.amountMinor}
        onChange={(minor) => form.setFieldValue('amountMinor', minor)}
        error={form.errors.amountMinor}
      />
      <TextInput
        label="Reference"
        description="From the bank statement. The same reference twice changes nothing."
        withAsterisk
        maxLength={200}
        {...form.getInputProps('reference')}
      />
      <TextInput
        type="date"
        label="Received on"
        description="Today when left blank."
        {...form.getInputProps('receivedOn')}
      />
    </FormShell>
  );
}
