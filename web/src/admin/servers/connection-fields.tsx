import { NumberInput, Radio, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import type { ApiForm } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { choicesOf, TLS_MODE_WORDS } from '../shared/words.ts';
import type { ServerDraft } from './server-draft.ts';

/** Address of a panel and how its certificate is checked. */
export function ConnectionFields({ form }: { form: ApiForm<ServerDraft> }) {
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Host name"
          description="Without https:// and without a port."
          placeholder="panel1.example.com"
          withAsterisk
          {...form.getInputProps('hostname')}
        />
        <NumberInput
          label="Port"
          withAsterisk
          min={1}
          max={65_535}
          allowDecimal={false}
          {...form.getInputProps('port')}
        />
      </SimpleGrid>
      <Radio.Group label="Certificate" {...form.getInputProps('tlsMode')}>
        <Stack gap="xs" mt={6}>
          {choicesOf(TLS_MODE_WORDS).map((mode) => (
            <Radio key={mode.value} value={mode.value} label={mode.label} />
          ))}
        </Stack>
      </Radio.Group>
      {form.values.tlsMode === 'pin' && (
        <Textarea
          label="SHA-256 fingerprint"
          description="Test the connection to read it from the server, and compare it with what the panel shows."
          withAsterisk
          autosize
          minRows={2}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('tlsFingerprint')}
        />
      )}
      {form.values.tlsMode === 'off' && (
        <Notice tone="warn" title="Anybody between us and the panel can read the credentials">
          Use this only for a test on a private network. For a self-signed certificate, pin its fingerprint instead.
        </Notice>
      )}
    </Stack>
  );
}
