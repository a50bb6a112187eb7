import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { Secret } from '../ui/secret.tsx';
import { Section } from '../ui/section.tsx';
import { useUnconfirmedRefusal } from '../ui/session.tsx';
import { KEY_CHOICES, type KeyScope } from './key-scopes.ts';

/** Makes a key and shows its token this one time. */
export function NewApiKey() {
  const unconfirmed = useUnconfirmedRefusal();
  const [token, setToken] = useState<string | null>(null);
  const form = useApiForm({
    initialValues: { name: '', scope: 'portal' as KeyScope, expiresOn: '' },
    send: ({ name, scope, expiresOn }) =>
      send('post', '/api/v1/api-keys', { body: { name, scopes: [scope], ...(expiresOn ? { expiresOn } : {}) } }),
    onDone: (answer) => {
      setToken(answer.token);
      form.reset();
    },
  });
  return (
    <Section title="New key">
      <Stack>
        {token && (
          <Notice tone="good" title="Copy your key now" live>
            <Text size="sm">It is shown this once and cannot be read again.</Text>
            <Secret value={token} label="API key" />
          </Notice>
        )}
        <FormShell form={form} submitLabel="Make key" submitRefusal={unconfirmed}>
          <TextInput label="Name" placeholder="What will use it" withAsterisk {...form.getInputProps('name')} />
          <Select label="What it may do" allowDeselect={false} data={KEY_CHOICES} {...form.getInputProps('scope')} />
          <TextInput label="Expires on (optional)" type="date" maw={220} {...form.getInputProps('expiresOn')} />
        </FormShell>
      </Stack>
    </Section>
  );
}
