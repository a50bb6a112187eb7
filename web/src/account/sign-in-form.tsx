import { Button, Divider, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { send } from '../api/client.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { TextLink } from '../ui/links.tsx';
import { startSession, useSession } from '../ui/session.tsx';
import type { Session } from '../ui/session-context.ts';

/** E-mail and password. In the demo shop its logins are filled in with one press. */
export function SignInForm({ onDone }: { onDone: (session: Session) => void }) {
  const { shop } = useSession();
  const form = useApiForm({
    initialValues: { email: '', password: '' },
    send: (body) => send('post', '/api/v1/session', { body }),
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
        <TextLink href="/forgot-password" size="sm">
          Forgot your password?
        </TextLink>
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
