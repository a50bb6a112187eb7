import { Button, Divider, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { TextLink } from '../ui/links.tsx';
import { startSession, useSession } from '../ui/session.tsx';
import type { Session } from '../ui/session-context.ts';
import { codeAsked } from './code-asked.ts';
import { CodeInput } from './code-input.tsx';

/** E-mail and password, then a code of those who have a second factor. Demo logins are filled in with one press. */
export function SignInForm({ onDone }: { onDone: (session: Session) => void }) {
  const { shop } = useSession();
  const [codeWanted, setCodeWanted] = useState(false);
  const form = useApiForm({
    initialValues: { email: '', password: '', code: '' },
    send: ({ code, ...body }) =>
      send('post', '/api/v1/session', { body: { ...body, ...(code ? { code } : {}) } }).catch((error: unknown) => {
        const asked = codeAsked(error);
        if (asked) setCodeWanted(true);
        throw asked ?? error;
      }),
    onDone: async (session) => {
      await startSession(session);
      onDone(session);
    },
  });
  return (
    <Stack gap="lg">
      <FormShell form={form} submitLabel="Sign in" fullWidth>
        <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
        <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
        {codeWanted && (
          <CodeInput description="Of your authenticator app, or a backup code." {...form.getInputProps('code')} />
        )}
        <Group justify="space-between">
          <TextLink href="/forgot-password" size="sm">
            Forgot your password?
          </TextLink>
          <TextLink href="/sign-in-link" size="sm">
            Sign in by mail
          </TextLink>
        </Group>
      </FormShell>
      {shop.demoLogins.length > 0 && (
        <Stack gap="xs">
          <Divider label="Demo logins" labelPosition="center" />
          {shop.demoLogins.map(({ label, email, password }) => (
            <Button
              key={email}
              variant="default"
              justify="space-between"
              onClick={() => form.setValues({ email, password })}
            >
              <Group gap="sm">
                {label}
                <Text size="xs" c="dimmed" component="span">
                  {email}
                </Text>
              </Group>
            </Button>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
