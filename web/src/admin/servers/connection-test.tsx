import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { send } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import type { Api } from '../../api/types.ts';
import type { ApiForm } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { ConnectionReport } from './connection-report.tsx';
import { connectionOf, type ServerDraft } from './server-draft.ts';

/** Tries the values of the form as they stand, without saving them; what the panel says can be taken over. */
export function ConnectionTest({ form, server }: { form: ApiForm<ServerDraft>; server: Api<'Server'> | null }) {
  const test = useMutation({
    mutationFn: (connection: ReturnType<typeof connectionOf>) =>
      send('post', '/api/v1/servers/test', { body: { ...connection, ...(server ? { serverId: server.id } : {}) } }),
    onError: (error) => {
      for (const issue of asProblem(error).issues) form.setFieldError(issue.path, issue.message);
    },
  });
  const now = connectionOf(form.values);
  const changed = test.variables !== undefined && JSON.stringify(test.variables) !== JSON.stringify(now);
  return (
    <Stack>
      <Group gap="sm">
        <Button
          variant="light"
          loading={test.isPending}
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          onClick={() => test.mutate(now)}
        >
          Test connection
        </Button>
        <Text size="sm" c="dimmed">
          With the values above; nothing is saved.
        </Text>
      </Group>
      {test.error && <PageError error={test.error} />}
      {test.data && changed && (
        <Notice tone="warn">The values were changed since this test. Test again before you rely on it.</Notice>
      )}
      {test.data && (
        <ConnectionReport
          report={test.data}
          onTakeNameservers={(nameservers) => form.setFieldValue('nameservers', nameservers)}
          onTakeFingerprint={(fingerprint) => form.setValues({ tlsMode: 'pin', tlsFingerprint: fingerprint })}
        />
      )}
    </Stack>
  );
}
