import { IconMapPinOff } from '@tabler/icons-react';
import { ButtonLink } from './links.tsx';
import { PageTrouble } from './page-trouble.tsx';
import { useSession } from './session.tsx';
import { homeOf } from './session-context.ts';

export function NotFoundPage() {
  const session = useSession();
  const visitor = session.kind === 'visitor';
  return (
    <PageTrouble
      icon={IconMapPinOff}
      title="Page not found"
      text="There is no page at this address. It may have moved, or the address has a slip of the pen."
      actions={
        <ButtonLink href={visitor ? '/' : homeOf(session)}>
          {visitor ? 'Go to the store' : 'Go to your start page'}
        </ButtonLink>
      }
    />
  );
}
