import { IconUserShield } from '@tabler/icons-react';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { beginAnew } from '../../ui/session.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';

/** See the portal as this customer does. */
export function ImpersonateButton({ customer }: { customer: Api<'Customer'> }) {
  const refusal = useRoleRefusal()('customers:impersonate');
  const ask = () =>
    confirm({
      title: `Log in as ${customer.name}?`,
      body: 'For an hour at most, and the audit log says so. Payments, passwords and keys are out of reach.',
      confirmLabel: 'Log in as customer',
      run: () =>
        beginAnew('/portal', () => send('post', '/api/v1/customers/{id}/impersonate', { path: { id: customer.id } })),
    });
  return (
    <ActionButton
      variant="default"
      refusal={refusal}
      leftSection={<IconUserShield size={16} aria-hidden />}
      onClick={ask}
    >
      Log in as customer
    </ActionButton>
  );
}
