import { Button, Group, Stack } from '@mantine/core';
import { send, useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { confirm } from '../../ui/confirm.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { Section } from '../../ui/section.tsx';
import { browserName } from './browser-name.ts';
import { SessionLine } from './session-line.tsx';

/** Where somebody is signed in, each to be ended from here. */
export function Sessions() {
  const sessions = useApiQuery('/api/v1/account/sessions', {});
  const endOthers = () =>
    confirm({
      title: 'Sign out everywhere else?',
      body: 'Only this browser stays signed in.',
      confirmLabel: 'Sign out elsewhere',
      run: () => send('delete', '/api/v1/account/sessions', {}),
    });
  const several = (sessions.data?.items.length ?? 0) > 1;
  return (
    <Section
      title="Where you are signed in"
      actions={
        several && (
          <Button variant="default" size="xs" onClick={endOthers}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {sessions.error && <PageError error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.isPending && <PageLoading blocks={0} />}
      <Stack gap="md">
        {sessions.data?.items.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Stack>
    </Section>
  );
}

function SessionRow({ session }: { session: Api<'AccountSession'> }) {
  const name = browserName(session.browser);
  const end = useApiMutation('delete', '/api/v1/account/sessions/{id}', {
    onSuccess: () => notifySuccess('That session has ended.'),
    onError: notifyProblem,
  });
  return (
    <Group justify="space-between" gap="sm">
      <SessionLine session={session} current={session.current} />
      {!session.current && (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          onClick={() => end.mutate({ path: { id: session.id } })}
          aria-label={`Sign out ${name} at ${session.address}`}
        >
          Sign out
        </Button>
      )}
    </Group>
  );
}
