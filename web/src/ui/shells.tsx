import { IconLock, IconShoppingBag } from '@tabler/icons-react';
import { Outlet, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RequireCustomer, RequireStaff } from './guards.tsx';
import { ButtonLink } from './links.tsx';
import { PageTrouble } from './page-trouble.tsx';
import { portalNavFor, portalRefusal } from './portal-navigation.ts';
import { useRightRefusal, useSession } from './session.tsx';
import { type NavSection, SideShell } from './side-shell.tsx';

/** The customer's own pages. */
export const PortalShell = () => (
  <RequireCustomer>
    <CustomerFrame />
  </RequireCustomer>
);

const CustomerFrame = () => {
  const session = useSession();
  const mayOrder = useRightRefusal()('billing') === null;
  const refused = portalRefusal(session, useLocation().pathname);
  return (
    <SideShell
      label="Your account"
      nav={portalNavFor(session)}
      tools={
        mayOrder && (
          <ButtonLink
            href="/"
            variant="light"
            size="sm"
            leftSection={<IconShoppingBag size={16} aria-hidden />}
            visibleFrom="xs"
          >
            Order more
          </ButtonLink>
        )
      }
    >
      {refused ? <PageTrouble icon={IconLock} {...refused} /> : <Outlet />}
    </SideShell>
  );
};

/** The staff's pages; the navigation is the admin's own data. */
export const AdminShell = ({
  nav,
  tools,
  children,
}: {
  nav: NavSection[];
  tools?: ReactNode;
  children?: ReactNode;
}) => (
  <RequireStaff>
    <SideShell label="Admin" nav={nav} tools={tools}>
      {children ?? <Outlet />}
    </SideShell>
  </RequireStaff>
);
