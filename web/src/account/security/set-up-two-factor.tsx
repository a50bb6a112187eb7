import { Anchor, Button, Code, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { send } from '../../api/client.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { CodeInput } from '../code-input.tsx';

interface SetUpTwoFactorProps {
  /** Gets the backup codes, which nobody can read again. */
  onDone: (backupCodes: string[]) => void;
  onCancel: () => void;
}

/** The password once more, a key for the app, and a code that proves the app has it. */
export function SetUpTwoFactor({ onDone, onCancel }: SetUpTwoFactorProps) {
  const [key, setKey] = useState<{ uri: string; secret: string } | null>(null);
  const cancel = (
    <Button variant="subtle" color="gray" onClick={onCancel}>
      Cancel
    </Button>
  );
  const begin = useApiForm({
    initialValues: { password: '' },
    send: (body) => send('post', '/api/v1/account/two-factor', { body }),
    onDone: setKey,
  });
  const prove = useApiForm({
    initialValues: { code: '' },
    send: (body) => send('post', '/api/v1/account/two-factor/confirm', { body }),
    onDone: ({ backupCodes }) => onDone(backupCodes),
  });
  if (!key) {
    return (
      <FormShell form={begin} submitLabel="Continue" secondary={cancel}>
        <PasswordInput label="Your password" autoComplete="current-password" {...begin.getInputProps('password')} />
      </FormShell>
    );
  }
  return (
    <FormShell form={prove} submitLabel="Turn it on" secondary={cancel}>
      <Group gap="lg" align="flex-start">
        <QrCode text={key.uri} label={`QR code of the key ${inGroups(key.secret)}`} />
        <Stack gap="xs" flex="1 1 240px">
          <Text size="sm">
            Add an account in your authenticator app (Google Authenticator, 1Password, Aegis, …) and scan this code with
            it. Or <Anchor href={key.uri}>open it in an app on this device</Anchor>, or enter this key by hand:
          </Text>
          <Group gap={4} wrap="nowrap">
            <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>
              {inGroups(key.secret)}
            </Code>
            <CopyButton value={key.secret} label="key" />
          </Group>
        </Stack>
      </Group>
      <CodeInput description="Six digits, as the app shows them now." {...prove.getInputProps('code')} />
    </FormShell>
  );
}

/** Groups of four are easier to type; apps do not mind the spaces. */
const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;
