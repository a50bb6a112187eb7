import { Stack, Text, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { TextLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';
import { startSession } from '../ui/session.tsx';
import { homeOf } from '../ui/session-context.ts';
import { AccountCard } from './account-card.tsx';
import { codeAsked } from './code-asked.ts';
import { CodeInput } from './code-input.tsx';
import { DeadLink, isOfDeadLink } from './dead-link.tsx';

/** Signing in without a password: asks for a link, or with a link's token follows it. */
export function SignInLinkPage() {
  const { token } = useSearch({ strict: false }) as { token?: string };
  return token ? <FollowLink token={token} /> : <AskForLink />;
}

function AskForLink() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useApiForm({
    initialValues: { email: '' },
    send: (body) => send('post', '/api/v1/sign-in-link', { body }),
    onDone: (_, { email }) => setSentTo(email),
  });
  return (
    <AccountCard
      title="Sign in by mail"
      subtitle="We send you a link that signs you in, for once without your password."
      footer={<TextLink href="/sign-in">Back to sign-in</TextLink>}
    >
      {sentTo ? (
        <Notice tone="good" title="Look into your inbox" live>
          If there is a customer account for {sentTo}, a link is on its way. It works for a few minutes.
        </Notice>
      ) : (
        <FormShell form={form} submitLabel="Send the link" fullWidth>
          <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
        </FormShell>
      )}
    </AccountCard>
  );
}

/** Not followed by opening: mail scanners open every link they see. */
function FollowLink({ token }: { token: string }) {
  const navigate = useNavigate();
  const [codeWanted, setCodeWanted] = useState(false);
  const form = useApiForm({
    initialValues: { code: '' },
    send: ({ code }) =>
      send('post', '/api/v1/session/link', { body: { token, ...(code ? { code } : {}) } }).catch((error: unknown) => {
        const asked = codeAsked(error);
        if (asked) setCodeWanted(true);
        throw asked ?? error;
      }),
    onDone: async (session) => {
      await startSession(session);
      await navigate({ href: homeOf(session) });
    },
  });
  if (isOfDeadLink(form.problem)) {
    return (
      <AccountCard title="Sign in" footer={<TextLink href="/sign-in">Sign in with your password</TextLink>}>
        <DeadLink kind="signIn" incomplete={false} />
      </AccountCard>
    );
  }
  return (
    <AccountCard title="Sign in" footer={<TextLink href="/sign-in-link">Ask for a new link</TextLink>}>
      <FormShell form={form} submitLabel="Sign in" fullWidth>
        <Stack>
          <Text size="sm">You followed the link from our mail.</Text>
          {codeWanted && (
            <CodeInput description="Of your authenticator app, or a backup code." {...form.getInputProps('code')} />
          )}
        </Stack>
      </FormShell>
    </AccountCard>
  );
}
