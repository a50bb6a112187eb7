import { Badge, Group } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { send, useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { Moment } from '../../ui/time.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { SecondFactor } from '../shared/second-factor.tsx';
import { SessionsButton } from '../shared/sessions-dialog.tsx';
import { CUSTOMER_ROLE_WORDS } from '../shared/words.ts';
import { CorrectEmailForm } from './correct-email-form.tsx';

/** Who signs in for a customer. */
export function CustomerUsers({ customer }: { customer: Api<'Customer'> }) {
  const customerId = customer.id;
  const users = useApiQuery('/api/v1/customers/{id}/users', { path: { id: customerId } });
  const refusal = useRoleRefusal()('customers:write');
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
                cell: ({ userId, name, twoFactor }) => (
                  <SecondFactor
                    name={name}
                    on={twoFactor}
                    refusal={refusal}
                    takeOff={() =>
                      send('post', '/api/v1/customers/{id}/users/{userId}/reset-two-factor', {
                        path: { id: customerId, userId },
                      })
                    }
                  />
                ),
              },
              { key: 'createdAt', header: 'Since', hideOnPhone: true, cell: (user) => <Moment at={user.createdAt} /> },
              {
                key: 'sessions',
                header: '',
                align: 'end',
                cell: ({ userId, name }) => (
                  <SessionsButton
                    path="/api/v1/customers/{id}/users/{userId}/sessions"
                    of={{ id: customerId, userId }}
                    name={name}
                    refusal={refusal}
                  />
                ),
              },
            ]}
            empty={
              <EmptyState
                icon={IconUser}
                title="Nobody has come yet"
                text={`A link to choose a password was mailed to ${customer.email}. It works for a week.`}
                action={
                  <Group gap="xs" justify="center">
                    <DialogButton size="xs" label="Correct the address" refusal={refusal}>
                      {(close) => <CorrectEmailForm customer={customer} onDone={close} />}
                    </DialogButton>
                    <SendLinkButton customer={customer} refusal={refusal} />
                  </Group>
                }
              />
            }
          />
        )}
      </Loaded>
    </Section>
  );
}

function SendLinkButton({ customer, refusal }: { customer: Api<'Customer'>; refusal: string | null }) {
  const invite = useApiMutation('post', '/api/v1/customers/{id}/invitations', {
    onSuccess: ({ email }) => notifySuccess(`A new link is on its way to ${email}. The one before no longer works.`),
    onError: notifyProblem,
  });
  const body = { email: customer.email, role: 'owner' as const };
  return (
    <ActionButton
      size="xs"
      variant="default"
      refusal={refusal}
      loading={invite.isPending}
      onClick={() => invite.mutate({ path: { id: customer.id }, body })}
    >
      Send another link
    </ActionButton>
  );
}
