import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { SessionLine } from '../../account/security/session-line.tsx';
import { send, useApiQuery } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { refreshScreen } from '../../api/query-client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { DialogButton } from './dialog-button.tsx';
import { Loaded } from './loaded.tsx';

type Whose =
  | { path: '/api/v1/staff/{userId}/sessions'; of: { userId: string } }
  | { path: '/api/v1/customers/{id}/users/{userId}/sessions'; of: { id: string; userId: string } };

type Props = Whose & {
  name: string;
  /** Why they may not be ended; null when they may. */
  refusal: string | null;
};

/** Where somebody is signed in, and the way to end it everywhere. */
export const SessionsButton = (props: Props) => (
  <DialogButton
    label="Sessions"
    title={`Where ${props.name} is signed in`}
    refusal={null}
    size="xs"
    aria-label={`Sessions of ${props.name}`}
  >
    {(close) => <Sessions {...props} onDone={close} />}
  </DialogButton>
);

function Sessions({ path, of, name, refusal, onDone }: Props & { onDone: () => void }) {
  // TypeScript cannot tell that each path comes with its own parameters.
  const sessions = useApiQuery(path, { path: of as never });
  const [ending, setEnding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const end = async () => {
    setEnding(true);
    setProblem(null);
    try {
      await send('delete', path, { path: of as never });
      onDone();
      notifySuccess(`${name} is signed out everywhere.`);
      await refreshScreen();
    } catch (error) {
      setProblem(asProblem(error).detail);
      setEnding(false);
    }
  };
  return (
    <Loaded query={sessions}>
      {({ items }) => (
        <Stack>
          {items.length === 0 && <Text size="sm">{name} is signed in nowhere.</Text>}
          {items.map((session) => (
            <SessionLine key={session.id} session={session} />
          ))}
          {problem && (
            <Notice tone="bad" live>
              {problem}
            </Notice>
          )}
          {items.length > 0 && (
            <Group justify="space-between" gap="sm">
              <Text size="sm" c="dimmed">
                Their password stays as it is; they may sign in again.
              </Text>
              <ActionButton color="red" refusal={refusal} loading={ending} onClick={() => void end()}>
                Sign out everywhere
              </ActionButton>
            </Group>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
