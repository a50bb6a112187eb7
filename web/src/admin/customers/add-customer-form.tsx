import { Select, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useAttempt } from '../../api/attempt-key.ts';
import { send } from '../../api/client.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { useSession } from '../../ui/session.tsx';
import { CustomerProfileFields, profileOf } from './customer-profile-fields.tsx';

/** An account for somebody on the telephone, who chooses a password by mail: none passes through other hands. */
export function AddCustomerForm({ onDone }: { onDone: () => void }) {
  const { shop } = useSession();
  const navigate = useNavigate();
  const attempt = useAttempt();
  const form = useApiForm({
    initialValues: { email: '', currency: shop.currencies[0] ?? '', ...profileOf({ locale: navigator.language }) },
    validate: { email: (email) => (email.trim() === '' ? 'The link to choose a password goes there' : null) },
    send: (body) => attempt(body, (idempotencyKey) => send('post', '/api/v1/customers', { body }, { idempotencyKey })),
    onDone: async ({ id, email }) => {
      onDone();
      notifySuccess(`A link to choose a password is on its way to ${email}.`);
      await navigate({ href: `/admin/customers/${id}` });
    },
  });
  return (
    <FormShell form={form} submitLabel="Add customer">
      <Text size="sm" c="dimmed">
        They are mailed a link to choose a password. You can order for them at once.
      </Text>
      <TextInput
        label="E-mail"
        type="email"
        withAsterisk
        maxLength={254}
        data-autofocus
        {...form.getInputProps('email')}
      />
      <CustomerProfileFields form={form} />
      {shop.currencies.length > 1 && (
        <Select
          label="Currency"
          description="Stays what it is from the first invoice on."
          data={shop.currencies}
          allowDeselect={false}
          {...form.getInputProps('currency')}
        />
      )}
    </FormShell>
  );
}
