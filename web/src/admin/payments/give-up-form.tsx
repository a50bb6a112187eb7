import { Text, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

/** Gives up a payment whose end nobody can tell. */
export function GiveUpForm({ paymentId, onDone }: { paymentId: string; onDone: () => void }) {
  const form = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() === '' ? 'Say why' : null) },
    send: (body) => send('post', '/api/v1/payments/{id}/give-up', { path: { id: paymentId }, body }),
    onDone: () => {
      onDone();
      notifySuccess('The payment is given up; the invoice can be paid another way.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Give up">
      <Text size="sm">
        The provider is asked once more first. The invoice can then be paid another way; money that turns up later all
        the same is counted then.
      </Text>
      <TextInput
        label="Reason"
        description="The customer sees it beside the payment."
        withAsterisk
        maxLength={200}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormShell>
  );
}
