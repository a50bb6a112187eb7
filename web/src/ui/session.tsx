import { Center, Container, Loader } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useContext } from 'react';
import { send, useApiQuery } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { notifyProblem } from './notify.tsx';
import { PageError } from './page-error.tsx';
import { type Session, SessionContext } from './session-context.ts';

const SESSION_KEY = ['/api/v1/session', {}];

/** Reads who is signed in before anything else is drawn. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const query = useApiQuery('/api/v1/session', {}, { staleTime: 300_000 });
  if (query.data) return <SessionContext value={query.data}>{children}</SessionContext>;
  return (
    <Center mih="100dvh" component="main" px="md">
      {query.error ? (
        <Container size="xs" w="100%">
          <PageError error={query.error} onRetry={() => void query.refetch()} />
        </Container>
      ) : (
        <Loader aria-label="Loading" />
      )}
    </Center>
  );
}

/** Who is signed in, what they may do and the shop's public facts. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside SessionProvider');
  return session;
}

/** Whether the signed-in person holds a permission. The server decides; this only spares dead ends. */
export function useCan() {
  const { permissions } = useSession();
  return (permission: string) => permissions.includes(permission);
}

/** Why a button is not for this user of a customer, by the right it takes; null when it is. The server checks again. */
export function useRightRefusal() {
  const { customerRights, impersonator } = useSession();
  return (right: Session['customerRights'][number]) => {
    if (impersonator) return 'Not while you act as a customer.';
    return customerRights.includes(right) ? null : 'Your login may not do this. Ask an owner of the account.';
  };
}

/** Why what gives lasting access has to wait: the address was never confirmed; null once it is. The server checks again. */
export function useUnconfirmedRefusal(): string | null {
  const { user } = useSession();
  return user && !user.emailVerified
    ? `Confirm your e-mail address first: follow the link we sent to ${user.email}.`
    : null;
}

/** After a sign-in or sign-up: everything read so far belonged to somebody else. */
export async function startSession(session: Session) {
  queryClient.setQueryData(SESSION_KEY, session);
  await queryClient.resetQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
}

/**
 * Go on as somebody else, from the address given. Nothing that was asked before is answered to the other, so what is still
 * on its way is dropped and the page loads anew. It is over only when the browser brings this page back: until the new one
 * is there, nothing here may be read again as the other.
 */
export async function beginAnew(address: string, change: () => Promise<unknown>) {
  await queryClient.cancelQueries();
  await change();
  window.location.assign(address);
  await new Promise((resolve) => window.addEventListener('pageshow', resolve, { once: true }));
}

/** Ends the session and goes to the store. */
export function useSignOut() {
  const navigate = useNavigate();
  return async () => {
    try {
      await send('delete', '/api/v1/session', {});
      await navigate({ to: '/' });
      await queryClient.resetQueries();
    } catch (error) {
      notifyProblem(error);
    }
  };
}
