import { useApiQuery } from '../api/client.ts';
import { useSession } from '../ui/session.tsx';
import { AdminShell } from '../ui/shells.tsx';
import './admin.css';
import { navigationFor } from './navigation.ts';

const REFRESH_MS = 30_000;

/** The frame of all admin pages: the menu of what this person may see, with open alerts counted on it. */
export function AdminFrame() {
  const session = useSession();
  const mayAlerts = session.kind === 'staff' && session.permissions.includes('operations:read');
  const alerts = useApiQuery(
    '/api/v1/alerts',
    { query: { state: 'open', limit: 1 } },
    { enabled: mayAlerts, refetchInterval: REFRESH_MS },
  );
  return <AdminShell nav={navigationFor(session.permissions, { alerts: alerts.data?.total ?? 0 })} />;
}
