import { useCan } from '../../ui/session.tsx';

/** Why a button is not for the one who looks, by permission; null when it is. The server checks again. */
export function useRoleRefusal(): (permission: string) => string | null {
  const can = useCan();
  return (permission) => (can(permission) ? null : 'Your role does not allow this.');
}
