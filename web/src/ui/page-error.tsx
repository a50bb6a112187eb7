import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconMapPinOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useContext } from 'react';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { ButtonLink } from './links.tsx';
import { InsidePage } from './page.tsx';
import { PageTrouble } from './page-trouble.tsx';
import { homeOf, SessionContext } from './session-context.ts';

interface PageErrorProps {
  error: unknown;
  onRetry?: () => void;
}

/** Instead of a page, or of a part of one, that could not be read. */
export function PageError({ error, onRetry }: PageErrorProps) {
  const problem = asProblem(error);
  // Nothing changes by asking once more for what is not there or not for them.
  const retry = problem.status === 404 || problem.status === 403 ? undefined : onRetry;
  return useContext(InsidePage) ? (
    <PartError problem={problem} onRetry={retry} />
  ) : (
    <WholeError problem={problem} onRetry={retry} />
  );
}

interface ErrorProps {
  problem: ApiProblem;
  onRetry: (() => void) | undefined;
}

function WholeError({ problem, onRetry }: ErrorProps) {
  const session = useContext(SessionContext);
  const { title, icon } = lookOf(problem);
  return (
    <PageTrouble
      title={title}
      icon={icon}
      text={problem.detail}
      note={supportNote(problem)}
      actions={
        <>
          {onRetry && <Button onClick={onRetry}>Try again</Button>}
          {session && (
            <ButtonLink href={session.kind === 'visitor' ? '/' : homeOf(session)} variant="default">
              {session.kind === 'visitor' ? 'Go to the store' : 'Go to your start page'}
            </ButtonLink>
          )}
        </>
      }
    />
  );
}

function PartError({ problem, onRetry }: ErrorProps) {
  const { title, icon: Icon } = lookOf(problem);
  const note = supportNote(problem);
  return (
    <Alert color={problem.status === 404 ? 'gray' : 'red'} icon={<Icon aria-hidden />} title={title} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{problem.detail}</Text>
        {problem.issues.map((issue) => (
          <Text size="sm" key={issue.path}>
            {issue.path.split('.').at(-1)}: {issue.message}
          </Text>
        ))}
        {note && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {note}
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function lookOf({ status, code }: ApiProblem) {
  if (status === 404) return { title: 'Not found', icon: IconMapPinOff };
  if (status === 403) return { title: 'Not for this login', icon: IconLock };
  if (code === 'no_answer') return { title: 'No connection', icon: IconPlugConnectedX };
  return { title: 'This could not be loaded', icon: IconAlertTriangle };
}

/** What support needs to find the request; of no use where nothing went wrong on our side. */
const supportNote = ({ status, correlationId }: ApiProblem) =>
  correlationId && status !== 404 && status !== 403 ? `For support: ${correlationId}` : null;
