import { Select, Text, Textarea } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

type Cause = NonNullable<Api<'Service'>['suspendCause']>;

const CAUSES: { value: Cause; label: string }[] = [
  { value: 'staff', label: 'Decision of staff' },
  { value: 'abuse', label: 'Abuse' },
  { value: 'overdue', label: 'Overdue invoice' },
];

export function SuspendForm({ service, onDone }: { service: Api<'Service'>; onDone: () => void }) {
  const suspended = service.state === 'suspended';
  const causes = CAUSES.filter(({ value }) => value !== service.suspendCause);
  const form = useApiForm({
    initialValues: { cause: causes[0]?.value ?? 'staff', reason: '' },
    validate: { reason: (reason) => (reason.trim() === '' ? 'The customer sees this reason' : null) },
    send: (body) => send('post', '/api/v1/services/{id}/suspend', { path: { id: service.id }, body }),
    onDone: () => {
      onDone();
      notifySuccess('Suspending is queued.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Suspend">
      <Text size="sm">
        {suspended
          ? 'The site stays offline, also when what is owed is paid. The customer is told.'
          : 'The site goes offline. Files and mail are kept.'}
      </Text>
      <Select label="Cause" allowDeselect={false} data={causes} {...form.getInputProps('cause')} />
      <Textarea
        label="Reason"
        description="Shown to the customer."
        withAsterisk
        autosize
        minRows={2}
        maxLength={200}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormShell>
  );
}
