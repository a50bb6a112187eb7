import { Radio, Stack, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import { ChoiceCard } from '../../ui/choice-card.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { CUSTOMER_ROLE_WORDS, type CustomerRole } from './customer-roles.ts';

export function InviteForm({ onDone }: { onDone: () => void }) {
  const form = useApiForm({
    initialValues: { email: '', role: 'technical' as CustomerRole },
    send: (body) => send('post', '/api/v1/portal/invitations', { body }),
    onDone: (invitation) => {
      onDone();
      notifySuccess(`A link is on its way to ${invitation.email}.`);
    },
  });
  return (
    <FormShell form={form} submitLabel="Send invitation">
      <TextInput label="E-mail" type="email" withAsterisk data-autofocus {...form.getInputProps('email')} />
      <Radio.Group label="What they may do" {...form.getInputProps('role')}>
        <Stack gap="xs" mt={6}>
          {Object.entries(CUSTOMER_ROLE_WORDS).map(([role, { name, help }]) => (
            <ChoiceCard key={role} value={role} title={name} description={help} />
          ))}
        </Stack>
      </Radio.Group>
    </FormShell>
  );
}
