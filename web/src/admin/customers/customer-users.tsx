import { Badge, Group } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { Moment } from '../../ui/time.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CUSTOMER_ROLE_WORDS } from '../shared/words.ts';

type User = Api<'CustomerUser'>;

/** Who signs in for a customer. */
export function CustomerUsers({ customerId }: { customerId: string }) {
  const users = useApiQuery('/api/v1/customers/{id}/users', { path: { id: customerId } });
  return (
    <Section title="Users" description="Who signs in for this customer." flush>
      <Loaded query={users}>
        {({ items }) => (
          <ListTable
            label="Users"
            rows={items}
            rowKey={(user) => user.userId}
            flush
            columns={[
              { key: 'name', header: 'Name', cell: (user) => user.name },
              {
                key: 'email',
                header: 'E-mail',
                cell: (user) => (
                  <Group gap="xs">
                    <span style={{ overflowWrap: 'anywhere' }}>{user.email}</span>
                    {!user.emailVerified && (
                      <Badge variant="default" size="sm" tt="none" fw={500}>
                        Not confirmed
                      </Badge>
                    )}
                  </Group>
                ),
              },
              { key: 'role', header: 'Role', cell: (user) => CUSTOMER_ROLE_WORDS[user.role] },
              {
                key: 'twoFactor',
                header: 'Second factor',
                cell: (user) => (user.twoFactor ? <SecondFactor user={user} customerId={customerId} /> : 'Off'),
              },
              { key: 'createdAt', header: 'Since', hideOnPhone: true, cell: (user) => <Moment at={user.createdAt} /> },
            ]}
            empty={<EmptyState icon={IconUser} title="No users" text="Nobody signs in for this customer." />}
          />
        )}
      </Loaded>
    </Section>
  );
}

function SecondFactor({ user, customerId }: { user: User; customerId: string }) {
  const roleRefusal = useRoleRefusal();
  const ask = () =>
    confirm({
      title: `Take the second factor off ${user.name}?`,
      body: 'They then sign in with the password alone, and are told by mail. Be sure that it is really them who ask.',
      confirmLabel: 'Take it off',
      tone: 'danger',
      run: async () => {
        await send('post', '/api/v1/customers/{id}/users/{userId}/reset-two-factor', {
          path: { id: customerId, userId: user.userId },
        });
        notifySuccess(`${user.name} signs in with the password alone now.`);
      },
    });
  return (
    <Group gap="xs">
      On
      <ActionButton size="compact-xs" variant="default" refusal={roleRefusal('customers:write')} onClick={ask}>
        Take off
      </ActionButton>
    </Group>
  );
}
