/** The portal's menu as data, and who may not see which of its pages. */
import {
  IconCoin,
  IconCreditCard,
  IconFileInvoice,
  IconHome,
  IconKey,
  IconReceipt,
  IconServer2,
  IconShieldLock,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import type { Session } from './session-context.ts';
import { isBelow, type NavItem, type NavSection } from './side-shell.tsx';

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

/** What this person may see. */
export const portalNavFor = (session: Session): NavSection[] =>
  PORTAL_NAV.map((section) => ({
    ...section,
    items: section.items.filter((item) => refusalOf(session, item) === null),
  }));

/** The page at an address and why this person may not see it, in a sentence; null when they may. */
export function portalRefusal(session: Session, pathname: string): { title: string; text: string } | null {
  const item = PORTAL_NAV.flatMap(({ items }) => items).find((candidate) => isBelow(candidate, pathname));
  const text = item ? refusalOf(session, item) : null;
  return item && text ? { title: item.label, text } : null;
}

function refusalOf({ customerRights, impersonator }: Session, { right, inPerson }: PortalItem): string | null {
  if (inPerson && impersonator) return 'Not while you act as a customer.';
  return right && !customerRights.includes(right) ? 'Your login may not see this. Ask an owner of the account.' : null;
}
