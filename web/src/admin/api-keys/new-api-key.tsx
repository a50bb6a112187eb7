import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { send } from '../../api/client.ts';
import type { InputOf } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Secret } from '../../ui/secret.tsx';
import { useSession } from '../../ui/session.tsx';

type Scope = InputOf<'/api/v1/api-keys', 'post'>['body']['scopes'][number];

/** Makes a key and then shows its token, this once. */
export function NewApiKey({ onDone }: { onDone: () => void }) {
  const { permissions } = useSession();
  const [token, setToken] = useState<string | null>(null);
  const form = useApiForm({
    initialValues: { name: '', scopes: [] as Scope[], expiresOn: '' },
    validate: {
      name: (name) => (name.trim() === '' ? 'Say what it is for' : null),
      scopes: (scopes) => (scopes.length === 0 ? 'Choose what it may do' : null),
    },
    send: ({ name, scopes, expiresOn }) =>
      send('post', '/api/v1/api-keys', { body: { name, scopes, ...(expiresOn ? { expiresOn } : {}) } }),
    onDone: (answer) => setToken(answer.token),
  });
  if (token !== null) {
    return (
      <Stack>
        <Notice tone="good" title="The key is made" live>
          Copy it now. It is not stored and cannot be shown again.
        </Notice>
        <Secret value={token} label="API key" />
        <Group justify="flex-end">
          <Button onClick={onDone}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <FormShell form={form} submitLabel="Make key">
      <TextInput
        label="Name"
        description="What uses it, so that you know later."
        withAsterisk
        maxLength={80}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group label="What it may do" withAsterisk {...form.getInputProps('scopes')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} mt="xs">
          {permissions.map((permission) => (
            <Checkbox key={permission} value={permission} label={permission} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <TextInput type="date" label="Expires on" description="Blank is never." {...form.getInputProps('expiresOn')} />
    </FormShell>
  );
}
