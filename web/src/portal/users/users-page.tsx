import { Group, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UnconfirmedEmail } from '../../account/unconfirmed-email.tsx';
import { send, useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page, PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { Section } from '../../ui/section.tsx';
import { useRightRefusal, useSession, useUnconfirmedRefusal } from '../../ui/session.tsx';
import { formatDay } from '../../ui/time.tsx';
import { CUSTOMER_ROLE_CHOICES, CUSTOMER_ROLE_WORDS, type CustomerRole } from './customer-roles.ts';
import { InviteForm } from './invite-form.tsx';

/** Who signs in for this customer, and who was asked to. */
export function UsersPage() {
  const users = useApiQuery('/api/v1/portal/users', {});
  const invitations = useApiQuery('/api/v1/portal/invitations', {});
  const [inviting, { open, close }] = useDisclosure();
  const actingRefusal = useRightRefusal()('owner');
  const unconfirmed = useUnconfirmedRefusal();
  const refusal = actingRefusal ?? unconfirmed;
  const error = users.error ?? invitations.error;
  if (error) return <PageError error={error} onRetry={() => void users.refetch()} />;
  if (!users.data || !invitations.data) return <PageLoading />;
  return (
    <Page
      size="md"
      title="Users"
      subtitle="Let colleagues in with a login of their own, and only as far as they need."
      actions={
        <ActionButton refusal={refusal} onClick={open}>
          Invite somebody
        </ActionButton>
      }
    >
      <Stack gap="lg">
        <UnconfirmedEmail waits="Until then nobody can be invited, changed or removed." />
        <Section title="Who signs in">
          <Stack gap="md">
            {users.data.items.map((user) => (
              <User key={user.userId} user={user} refusal={refusal} />
            ))}
          </Stack>
        </Section>
        {invitations.data.items.length > 0 && (
          <Section title="Invited">
            <Stack gap="md">
              {invitations.data.items.map((invitation) => (
                <Invitation key={invitation.id} invitation={invitation} refusal={actingRefusal} />
              ))}
            </Stack>
          </Section>
        )}
      </Stack>
      <Dialog opened={inviting} onClose={close} title="Invite somebody">
        {inviting && <InviteForm onDone={close} />}
      </Dialog>
    </Page>
  );
}

/** `refusal`: why this person may not change anything here, in a sentence. */
interface Refusable {
  refusal: string | null;
}

function User({ user, refusal }: Refusable & { user: Api<'CustomerUser'> }) {
  const session = useSession();
  const self = session.user?.id === user.userId;
  const change = useApiMutation('patch', '/api/v1/portal/users/{id}', {
    onSuccess: (changed) => notifySuccess(`${changed.name} is ${CUSTOMER_ROLE_WORDS[changed.role].name} now.`),
    onError: notifyProblem,
  });
  const path = { id: user.userId };
  const remove = () =>
    confirm({
      title: `Remove ${user.name}?`,
      body:
        user.role === 'owner'
          ? 'Their login is deleted and the API keys they made are revoked, at once. What they did stays in the history.'
          : 'Their login is deleted at once. What they did stays in the history.',
      confirmLabel: 'Remove',
      tone: 'danger',
      run: () => send('delete', '/api/v1/portal/users/{id}', { path }),
    });
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Text size="sm" fw={550}>
          {user.name}
          {self && ' (you)'}
        </Text>
        <Text size="sm" c="dimmed">
          {user.email} · two-step sign-in {user.twoFactor ? 'on' : 'off'}
        </Text>
      </div>
      <Group gap="xs">
        <Select
          size="xs"
          w={130}
          aria-label={`Role of ${user.name}`}
          allowDeselect={false}
          data={CUSTOMER_ROLE_CHOICES}
          value={user.role}
          disabled={change.isPending || refusal !== null}
          onChange={(role) => role && change.mutate({ path, body: { role: role as CustomerRole } })}
        />
        {!self && (
          <ActionButton
            variant="default"
            size="xs"
            refusal={refusal}
            onClick={remove}
            aria-label={`Remove ${user.name}`}
          >
            Remove
          </ActionButton>
        )}
      </Group>
    </Group>
  );
}

function Invitation({ invitation, refusal }: Refusable & { invitation: Api<'Invitation'> }) {
  const withdraw = useApiMutation('delete', '/api/v1/portal/invitations/{id}', {
    onSuccess: () => notifySuccess('The invitation is taken back.'),
    onError: notifyProblem,
  });
  const role = CUSTOMER_ROLE_WORDS[invitation.role as CustomerRole];
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Text size="sm" fw={550}>
          {invitation.email}
        </Text>
        <Text size="sm" c="dimmed">
          {role.name} · the link works until {formatDay(invitation.expiresAt.slice(0, 10))}
        </Text>
      </div>
      <ActionButton
        variant="default"
        size="xs"
        refusal={refusal}
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ path: { id: invitation.id } })}
        aria-label={`Take back the invitation of ${invitation.email}`}
      >
        Take back
      </ActionButton>
    </Group>
  );
}
