import { Button, List, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { TextLink } from '../../ui/links.tsx';
import { Instant } from '../../ui/time.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { subjectHref } from './subject-href.ts';

/** All that met the one cause of an alert; read when somebody wants to see it. */
export function AlertSubjects({ alert }: { alert: Api<'Alert'> }) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        w="fit-content"
        px={4}
        ml={-4}
        aria-expanded={opened}
        leftSection={opened ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        onClick={toggle}
      >
        {alert.count} with the same cause
      </Button>
      {opened && <Subjects alertId={alert.id} count={alert.count} />}
    </>
  );
}

function Subjects({ alertId, count }: { alertId: string; count: number }) {
  const subjects = useApiQuery('/api/v1/alerts/{id}/subjects', { path: { id: alertId } });
  return (
    <Loaded query={subjects}>
      {({ items }) => (
        <>
          <ScrollArea.Autosize mah={260} type="auto" offsetScrollbars>
            <List size="sm" spacing={4} listStyleType="none">
              {items.map((subject) => (
                <List.Item key={`${subject.subjectKind} ${subject.subjectId}`}>
                  <Subject subject={subject} />
                </List.Item>
              ))}
            </List>
          </ScrollArea.Autosize>
          {count > items.length && (
            <Text size="xs" c="dimmed" fw={400}>
              The newest {items.length} of {count}.
            </Text>
          )}
        </>
      )}
    </Loaded>
  );
}

function Subject({ subject }: { subject: Api<'AlertSubject'> }) {
  const href = subjectHref(subject);
  return (
    <Text size="sm" fw={400} c={subject.resolvedAt ? 'dimmed' : undefined}>
      {href ? (
        <TextLink href={href} size="sm" underline="hover">
          {subject.message}
        </TextLink>
      ) : (
        subject.message
      )}{' '}
      <Text span size="xs" c="dimmed">
        {subject.resolvedAt ? 'over' : <Instant at={subject.createdAt} />}
      </Text>
    </Text>
  );
}
