import {
  IconCoin,
  IconCreditCard,
  IconFileInvoice,
  IconHome,
  IconKey,
  IconReceipt,
  IconServer2,
  IconShieldLock,
  IconShoppingBag,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RequireCustomer, RequireStaff } from './guards.tsx';
import { ButtonLink } from './links.tsx';
import { useSession } from './session.tsx';
import type { Session } from './session-context.ts';
import { type NavItem, type NavSection, SideShell } from './side-shell.tsx';

interface PortalItem extends NavItem {
  /** Only for users of the customer who hold it. */
  right?: Session['customerRights'][number];
  /** Not while staff act as the customer: the API refuses it. */
  inPerson?: boolean;
}

const PORTAL_NAV: { label?: string; items: PortalItem[] }[] = [
  {
    items: [
      { label: 'Home', href: '/portal', icon: IconHome, exact: true },
      { label: 'Services', href: '/portal/services', icon: IconServer2 },
      { label: 'Invoices', href: '/portal/invoices', icon: IconFileInvoice, right: 'billing' },
      { label: 'Orders', href: '/portal/orders', icon: IconReceipt },
      { label: 'Credit', href: '/portal/credit', icon: IconCoin, right: 'billing' },
      {
        label: 'Payment methods',
        href: '/portal/payment-methods',
        icon: IconCreditCard,
        right: 'billing',
        inPerson: true,
      },
    ],
  },
  {
    label: 'Account',
    items: [
      { label: 'Profile', href: '/portal/profile', icon: IconUser },
      { label: 'Users', href: '/portal/users', icon: IconUsers, right: 'owner' },
      { label: 'Security', href: '/portal/security', icon: IconShieldLock, inPerson: true },
      { label: 'API keys', href: '/portal/api-keys', icon: IconKey, right: 'owner', inPerson: true },
    ],
  },
];

const portalNavFor = ({ customerRights, impersonator }: Session): NavSection[] =>
  PORTAL_NAV.map((section) => ({
    ...section,
    items: section.items.filter(
      ({ right, inPerson }) => (!right || customerRights.includes(right)) && !(inPerson && impersonator),
    ),
  }));

/** The customer's own pages. */
export const PortalShell = () => (
  <RequireCustomer>
    <CustomerFrame />
  </RequireCustomer>
);

const CustomerFrame = () => {
  const session = useSession();
  return (
    <SideShell
      label="Your account"
      nav={portalNavFor(session)}
      tools={
        <ButtonLink
          href="/"
          variant="light"
          size="sm"
          leftSection={<IconShoppingBag size={16} aria-hidden />}
          visibleFrom="xs"
        >
          Order more
        </ButtonLink>
      }
    >
      <Outlet />
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
