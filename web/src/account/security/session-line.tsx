import { Badge, Group, Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { Minute } from '../../ui/time.tsx';
import { browserName } from './browser-name.ts';

interface SessionLineProps {
  session: Api<'LoginSession'>;
  /** The browser that shows it. */
  current?: boolean;
}

/** One session in words: the browser, from where, since when and when it was last there. */
export const SessionLine = ({ session, current = false }: SessionLineProps) => (
  <div>
    <Group gap="xs">
      <Text size="sm" fw={550}>
        {browserName(session.browser)}
      </Text>
      {current && (
        <Badge variant="light" tt="none" fw={550}>
          This browser
        </Badge>
      )}
    </Group>
    <Text size="sm" c="dimmed" component="div">
      {session.address} · signed in <Minute at={session.signedInAt} />
      {session.lastSeenAt && (
        <>
          {' '}
          · last seen <Minute at={session.lastSeenAt} />
        </>
      )}
    </Text>
  </div>
);
