import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { CustomerProfileFields, profileOf } from './customer-profile-fields.tsx';

export function CustomerProfileForm({ customer, onDone }: { customer: Api<'Customer'>; onDone: () => void }) {
  const form = useApiForm({
    initialValues: profileOf(customer),
    send: (profile) =>
      send('put', '/api/v1/customers/{id}', {
        path: { id: customer.id },
        body: profile,
      }),
    onDone: () => {
      onDone();
      notifySuccess('The profile is saved.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Save profile">
      <CustomerProfileFields form={form} />
    </FormShell>
  );
}
