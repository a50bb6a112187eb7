import { IconLock } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ButtonLink, Redirect } from './links.tsx';
import { PageTrouble } from './page-trouble.tsx';
import { useSession } from './session.tsx';
import { homeOf, type Session } from './session-context.ts';
import { StoreShell } from './store-shell.tsx';

interface GuardProps {
  /** The page stands in a frame already; a refusal brings none of its own. */
  framed?: boolean;
  children: ReactNode;
}

export const RequireCustomer = (props: GuardProps) => (
  <Guard {...props} allowed={(session) => session.customerId !== null} refusal="These pages are for customers" />
);

export const RequireStaff = (props: GuardProps) => (
  <Guard {...props} allowed={(session) => session.kind === 'staff'} refusal="These pages are for staff" />
);

function Guard(props: GuardProps & { allowed: (session: Session) => boolean; refusal: string }) {
  const session = useSession();
  const { href } = useLocation();
  // Kept from the first render: on the way to the sign-in the location is the sign-in's already.
  const [wanted] = useState(href);
  if (session.kind === 'visitor') return <Redirect href={`/sign-in?${new URLSearchParams({ next: wanted })}`} />;
  if (props.allowed(session)) return props.children;
  const refused = (
    <PageTrouble
      icon={IconLock}
      title={props.refusal}
      text={`You are signed in as ${session.user?.email ?? 'somebody else'}.`}
      actions={<ButtonLink href={homeOf(session)}>Go to your start page</ButtonLink>}
    />
  );
  return props.framed ? refused : <StoreShell>{refused}</StoreShell>;
}
