import { Button, Code, Group, PasswordInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { send } from '../../api/client.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Backup codes, this once. */
export const BackupCodes = ({ codes, onDone }: { codes: string[]; onDone: () => void }) => (
  <Notice tone="good" title="Keep these backup codes" live>
    <Stack gap="sm">
      <Text size="sm">
        Each of them signs you in once when your telephone is gone. They are shown this once: print them, or put them
        into a password manager.
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="xs">
        {codes.map((code) => (
          <Code key={code} ta="center">
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <Button size="xs" onClick={onDone}>
          I have kept them
        </Button>
        <CopyButton value={codes.join('\n')} label="backup codes" />
      </Group>
    </Stack>
  </Notice>
);

interface RenewBackupCodesProps {
  onDone: (backupCodes: string[]) => void;
  onCancel: () => void;
}

/** Ten new codes; the old ones are good for nothing from then on. */
export function RenewBackupCodes({ onDone, onCancel }: RenewBackupCodesProps) {
  const form = useApiForm({
    initialValues: { password: '' },
    send: (body) => send('post', '/api/v1/account/two-factor/backup-codes', { body }),
    onDone: ({ backupCodes }) => onDone(backupCodes),
  });
  return (
    <FormShell
      form={form}
      submitLabel="Make new codes"
      secondary={
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
      }
    >
      <Text size="sm">The old backup codes stop working.</Text>
      <PasswordInput label="Your password" autoComplete="current-password" {...form.getInputProps('password')} />
    </FormShell>
  );
}
