/** The admin's menu as data. An item without a permission is for every member of staff. */
import {
  IconActivity,
  IconAlertTriangle,
  IconArrowsExchange,
  IconBox,
  IconCash,
  IconClockPlay,
  IconCreditCard,
  IconCube,
  IconFileInvoice,
  IconFolders,
  IconHistory,
  IconHome,
  IconKey,
  IconMail,
  IconPlug,
  IconServer,
  IconServer2,
  IconSettings,
  IconShoppingCart,
  IconTemplate,
  IconTerminal2,
  IconTrash,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import { isBelow, type NavItem, type NavSection } from '../ui/side-shell.tsx';

interface Item extends NavItem {
  permission?: string;
}

interface Section extends NavSection {
  items: Item[];
}

const ALERTS = '/admin/alerts';

const SECTIONS: Section[] = [
  {
    items: [
      { label: 'Overview', href: '/admin', icon: IconHome, exact: true, permission: 'orders:read' },
      { label: 'Alerts', href: ALERTS, icon: IconAlertTriangle, permission: 'operations:read' },
    ],
  },
  {
    label: 'Business',
    items: [
      { label: 'Customers', href: '/admin/customers', icon: IconUsers, permission: 'customers:read' },
      { label: 'Orders', href: '/admin/orders', icon: IconShoppingCart, permission: 'orders:read' },
      { label: 'Invoices', href: '/admin/invoices', icon: IconFileInvoice, permission: 'billing:read' },
      { label: 'Payments', href: '/admin/payments', icon: IconCash, permission: 'billing:read' },
    ],
  },
  {
    label: 'Hosting',
    items: [
      { label: 'Services', href: '/admin/services', icon: IconBox, permission: 'services:read' },
      {
        label: 'Package changes',
        href: '/admin/package-changes',
        icon: IconArrowsExchange,
        permission: 'services:read',
      },
      { label: 'Operations', href: '/admin/operations', icon: IconActivity, permission: 'operations:read' },
      { label: 'Automation', href: '/admin/automation', icon: IconClockPlay, permission: 'operations:read' },
      { label: 'Terminations', href: '/admin/terminations', icon: IconTrash, permission: 'services:read' },
      { label: 'Panel log', href: '/admin/panel-log', icon: IconTerminal2, permission: 'operations:read' },
      { label: 'Mails', href: '/admin/mails', icon: IconMail, permission: 'mails:read' },
    ],
  },
  {
    label: 'Catalogue',
    items: [
      { label: 'Products', href: '/admin/products', icon: IconCube, permission: 'catalogue:read' },
      { label: 'Product groups', href: '/admin/product-groups', icon: IconFolders, permission: 'catalogue:read' },
    ],
  },
  {
    label: 'Set-up',
    items: [
      { label: 'Servers', href: '/admin/servers', icon: IconServer, permission: 'servers:read' },
      { label: 'Server groups', href: '/admin/server-groups', icon: IconServer2, permission: 'servers:read' },
      { label: 'Modules', href: '/admin/modules', icon: IconPlug, permission: 'catalogue:read' },
      { label: 'Gateways', href: '/admin/gateways', icon: IconCreditCard, permission: 'settings:read' },
      { label: 'Mail templates', href: '/admin/mail-templates', icon: IconTemplate, permission: 'settings:read' },
      { label: 'Staff', href: '/admin/staff', icon: IconUserShield, permission: 'staff:read' },
      { label: 'API keys', href: '/admin/api-keys', icon: IconKey },
      { label: 'Settings', href: '/admin/settings', icon: IconSettings, permission: 'settings:read' },
      { label: 'Audit log', href: '/admin/audit', icon: IconHistory, permission: 'audit:read' },
    ],
  },
];

/**
 * The menu of somebody with these permissions; sections that end up empty are left out.
 * @param counts.alerts open alerts, shown beside the item unless there are none
 */
export const navigationFor = (permissions: readonly string[], counts: { alerts: number }): NavSection[] =>
  SECTIONS.map((section) => ({
    ...section,
    items: section.items
      .filter((item) => !item.permission || permissions.includes(item.permission))
      .map((item) => (item.href === ALERTS && counts.alerts > 0 ? { ...item, badge: counts.alerts } : item)),
  })).filter((section) => section.items.length > 0);

/** The page at an address, when somebody with these permissions may not see it; null when they may. */
export function refusedItem(permissions: readonly string[], pathname: string): NavItem | null {
  const item = SECTIONS.flatMap(({ items }) => items).find((candidate) => isBelow(candidate, pathname));
  return item?.permission && !permissions.includes(item.permission) ? item : null;
}
