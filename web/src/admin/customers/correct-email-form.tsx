import { Text, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

/** For an address that was misheard: the right one gets the link, and the wrong one can do nothing with its own. */
export function CorrectEmailForm({ customer, onDone }: { customer: Api<'Customer'>; onDone: () => void }) {
  const form = useApiForm({
    initialValues: { email: customer.email },
    send: (body) => send('put', '/api/v1/customers/{id}/email', { path: { id: customer.id }, body }),
    onDone: ({ email }) => {
      onDone();
      notifySuccess(`A link to choose a password is on its way to ${email}.`);
    },
  });
  return (
    <FormShell form={form} submitLabel="Send a link there">
      <Text size="sm" c="dimmed">
        Invoices go to the new address as well. The link that went to the old one stops working.
      </Text>
      <TextInput
        label="E-mail"
        type="email"
        withAsterisk
        maxLength={254}
        data-autofocus
        {...form.getInputProps('email')}
      />
    </FormShell>
  );
}
