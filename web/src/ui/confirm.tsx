import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { refreshScreen } from '../api/query-client.ts';
import { Notice } from './notice.tsx';

interface Question {
  title: string;
  body: ReactNode;
  confirmLabel: string;
  /** `danger` for what cannot be taken back. */
  tone?: 'normal' | 'danger';
  /** Words that must be typed first, a domain for example. */
  typeToConfirm?: string;
  /** Does it. While it runs the dialog stays; a failure is shown in it, success closes it and re-reads the screen. */
  run: () => Promise<unknown>;
}

let asked: Question | null = null;
const listeners = new Set<() => void>();
const ask = (question: Question | null) => {
  asked = question;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Ask before doing something that matters. One question at a time; a second one replaces the first. */
export const confirm = (question: Question) => ask(question);

/** Stands once at the root of the app. */
export function ConfirmHost() {
  const question = useSyncExternalStore(subscribe, () => asked);
  return (
    // Put together by hand, since the stock header is a `header`, which reads as the page's second banner.
    <Modal.Root opened={question !== null} onClose={() => ask(null)} centered>
      <Modal.Overlay backgroundOpacity={0.45} blur={2} />
      <Modal.Content radius="lg">
        {question && (
          <Modal.Body p="lg">
            <Modal.Title fw={640} fz="lg" mb="sm">
              {question.title}
            </Modal.Title>
            <Dialog key={question.title} question={question} />
          </Modal.Body>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

function Dialog({ question }: { question: Question }) {
  const [typed, setTyped] = useState('');
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const run = async () => {
    setRunning(true);
    setProblem(null);
    try {
      await question.run();
      ask(null);
      await refreshScreen();
    } catch (error) {
      setProblem(asProblem(error));
      setRunning(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Stack>
        <Text size="sm" component="div">
          {question.body}
        </Text>
        {question.typeToConfirm && (
          <TextInput
            label={
              <>
                Type <Code>{question.typeToConfirm}</Code> to confirm
              </>
            }
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {problem && (
          <Notice tone="bad" live>
            {problem.detail}
          </Notice>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => ask(null)}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={running}
            color={question.tone === 'danger' ? 'red' : undefined}
            disabled={question.typeToConfirm !== undefined && typed.trim() !== question.typeToConfirm}
          >
            {question.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
