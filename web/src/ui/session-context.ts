import { createContext, useContext } from 'react';
import type { Api } from '../api/types.ts';

export type Session = Api<'Session'>;

export const SessionContext = createContext<Session | null>(null);

/** The shop's public facts, with a plain name while they are not there yet. */
export const useShop = (): Pick<Session['shop'], 'name'> => useContext(SessionContext)?.shop ?? { name: 'Hosting' };

/** Where somebody belongs after signing in. Only paths of this app are followed. */
export const homeOf = (session: Session, next?: string) =>
  next && isOwnPath(next) ? next : session.kind === 'staff' ? '/admin' : '/portal';

/** Judged as a browser reads it, which takes `/\t/thief.test` for another site. */
function isOwnPath(path: string) {
  const base = window.location.origin;
  return path.startsWith('/') && URL.canParse(path, base) && new URL(path, base).origin === base;
}
