import { Stack, Text } from '@mantine/core';
import { type ApiProblem, asProblem } from '../api/problem.ts';
import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';

interface LinkKind {
  /** How often and how long such a link works. */
  life: string;
  /** What to do without it. */
  instead: string;
  door?: { href: string; label: string };
}

const KINDS = {
  invitation: {
    life: 'An invitation works once, and for seven days.',
    instead: 'If you have made your login already, sign in. Otherwise ask whoever invited you for another link.',
    door: { href: '/sign-in', label: 'Sign in' },
  },
  newPassword: {
    life: 'It works once, and for an hour.',
    instead: 'If you still need a new password, ask for another link.',
    door: { href: '/forgot-password', label: 'Ask for a new link' },
  },
  signIn: {
    life: 'It works once, and for ten minutes.',
    instead: 'Ask for another one, or sign in with your password.',
    door: { href: '/sign-in-link', label: 'Ask for a new link' },
  },
  confirmation: {
    life: 'It works for a day.',
    instead: 'Sign in: while the address is not confirmed, your start page can have the link sent again.',
    door: { href: '/portal', label: 'Go to your start page' },
  },
  setUp: {
    life: 'It works once, and for a day.',
    instead: 'Start the server again, or run “npx hostwright staff set-up-link”: both print another one.',
  },
} satisfies Record<string, LinkKind>;

/** Whether something was refused because of the link alone. */
export function isOfDeadLink(error: unknown): boolean {
  if (!error) return false;
  const { code, issues }: ApiProblem = asProblem(error);
  return code === 'token_invalid' || issues.some(({ path }) => path === 'token');
}

interface DeadLinkProps {
  kind: keyof typeof KINDS;
  /** A part of it was lost on the way, so that it never was one. */
  incomplete: boolean;
}

/** A mailed link that opens nothing: why that may be, and what to do. */
export function DeadLink({ kind, incomplete }: DeadLinkProps) {
  const { life, instead, door }: LinkKind = KINDS[kind];
  return (
    <Stack>
      <Notice tone="warn" title={incomplete ? 'This link is not complete' : 'This link does not work any more'} live>
        <Stack gap={6}>
          <Text size="sm">
            {incomplete
              ? 'Its end is missing. Open it from the mail once more, or copy the whole of it.'
              : `It was used already, has run out, was taken back, or a newer one took its place. ${life}`}
          </Text>
          <Text size="sm">{instead}</Text>
        </Stack>
      </Notice>
      {door && <ButtonLink href={door.href}>{door.label}</ButtonLink>}
    </Stack>
  );
}
