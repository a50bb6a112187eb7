import { PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { send } from '../api/client.ts';
import type { AnswerOf } from '../api/types.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { startSession, useSession } from '../ui/session.tsx';
import { homeOf } from '../ui/session-context.ts';
import { AccountCard } from './account-card.tsx';
import { DeadLink, isOfDeadLink } from './dead-link.tsx';

/** Somebody was invited to a customer's account or to the staff, and makes the login for it. */
export function InvitationPage() {
  const { token = '' } = useSearch({ strict: false }) as { token?: string };
  const { shop, user } = useSession();
  // It is good once: what reads everything anew for the new session must not ask for it again.
  const accepted = useRef(false);
  const invitation = useQuery({
    queryKey: ['/api/v1/invitations/read', token],
    queryFn: () => send('post', '/api/v1/invitations/read', { body: { token } }),
    enabled: () => token !== '' && !accepted.current,
    retry: false,
  });
  if (!token || isOfDeadLink(invitation.error)) {
    return (
      <AccountCard title="Invitation">
        <DeadLink kind="invitation" incomplete={!token} />
      </AccountCard>
    );
  }
  if (invitation.error) {
    return (
      <AccountCard title="Invitation">
        <PageError error={invitation.error} onRetry={() => void invitation.refetch()} />
      </AccountCard>
    );
  }
  if (!invitation.data) return <PageLoading blocks={1} />;
  const { customerName, email, own } = invitation.data;
  return (
    <AccountCard
      title={own ? `Welcome to ${shop.name}` : `Join ${customerName ?? shop.name}`}
      subtitle={subtitleOf(invitation.data, shop.name)}
    >
      {user && <Notice tone="warn">You are signed in as {user.email}; that ends when you go on.</Notice>}
      <AcceptForm
        token={token}
        email={email}
        name={own && customerName !== email ? (customerName ?? '') : ''}
        onAccepted={() => {
          accepted.current = true;
        }}
      />
    </AccountCard>
  );
}

function subtitleOf({ customerName, email, own }: AnswerOf<'/api/v1/invitations/read', 'post'>, shopName: string) {
  if (own) return 'Your account is ready. Choose a password for it.';
  const into = customerName === null ? `the staff of ${shopName}` : `their account at ${shopName}`;
  return `You were invited to ${into}, as ${email}.`;
}

interface AcceptFormProps {
  token: string;
  email: string;
  /** Theirs, where the shop knows it. */
  name: string;
  onAccepted: () => void;
}

function AcceptForm({ token, email, name, onAccepted }: AcceptFormProps) {
  const navigate = useNavigate();
  const form = useApiForm({
    initialValues: { name, password: '' },
    validate: {
      name: (name) => (name.trim() === '' ? 'Say your name' : null),
      password: (password) => (password.length < 10 ? 'At least 10 characters' : null),
    },
    send: (body) => send('post', '/api/v1/invitations/accept', { body: { token, ...body } }),
    onDone: async (session) => {
      onAccepted();
      await startSession(session);
      await navigate({ href: homeOf(session) });
    },
  });
  if (isOfDeadLink(form.problem)) return <DeadLink kind="invitation" incomplete={false} />;
  return (
    <FormShell form={form} submitLabel="Make my login" fullWidth>
      <TextInput label="E-mail" type="email" autoComplete="username" readOnly value={email} />
      <TextInput label="Your name" autoComplete="name" {...form.getInputProps('name')} />
      <PasswordInput
        label="Password"
        description="At least 10 characters."
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
    </FormShell>
  );
}
