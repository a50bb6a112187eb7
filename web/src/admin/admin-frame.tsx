import { IconLock } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useApiQuery } from '../api/client.ts';
import { Redirect } from '../ui/links.tsx';
import { PageTrouble } from '../ui/page-trouble.tsx';
import { useSession } from '../ui/session.tsx';
import { AdminShell } from '../ui/shells.tsx';
import { navigationFor, refusedItem } from './navigation.ts';
import { Palette } from './palette/palette.tsx';

const REFRESH_MS = 30_000;
const SECURITY = '/admin/security';

/** The frame of all admin pages: the menu of what this person may see, with open alerts counted on it. */
export function AdminFrame() {
  const session = useSession();
  const mayAlerts = session.kind === 'staff' && session.permissions.includes('operations:read');
  const alerts = useApiQuery(
    '/api/v1/alerts',
    { query: { state: 'open', limit: 1 } },
    { enabled: mayAlerts, refetchInterval: REFRESH_MS },
  );
  const { pathname } = useLocation();
  // Whoever has to set up a second factor first may do nothing else, and the API refuses everything else.
  if (session.secondFactorMissing && pathname !== SECURITY) return <Redirect href={SECURITY} />;
  const refused = session.kind === 'staff' ? refusedItem(session.permissions, pathname) : null;
  const nav = navigationFor(session.permissions, { alerts: alerts.data?.total ?? 0 });
  return (
    <AdminShell nav={nav} tools={<Palette nav={nav} />}>
      {refused && (
        <PageTrouble
          icon={IconLock}
          title={refused.label}
          text="Your role does not allow this. Ask an owner of the shop."
        />
      )}
    </AdminShell>
  );
}
