import { AppShell, Box, Burger, Group, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Icon } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import { ImpersonationBanner } from './impersonation-banner.tsx';
import { RouteLink } from './links.tsx';
import classes from './shell.module.css';
import { Brand, DemoRibbon, SkipLink, UserMenu } from './shell-parts.tsx';

export interface NavItem {
  label: string;
  href: string;
  icon: Icon;
  /** Only this very address marks it as current; otherwise everything below does too. */
  exact?: boolean;
  /** At the right edge: a count that wants attention. */
  badge?: ReactNode;
}
/** Whether an address is the page of an item, or one below it. */
export const isBelow = ({ href, exact }: NavItem, pathname: string) =>
  pathname === href || (!exact && pathname.startsWith(`${href}/`));

export interface NavSection {
  label?: string;
  items: NavItem[];
}

interface SideShellProps {
  /** Spoken name of the navigation. */
  label: string;
  nav: NavSection[];
  /** In the header, left of the colour switch. */
  tools?: ReactNode;
  children: ReactNode;
}

/** Header, navigation at the side (a drawer on phones), main. Portal and admin differ by their navigation only. */
export function SideShell({ label, nav, tools, children }: SideShellProps) {
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(() => close(), [pathname]);
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 244, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
    >
      <AppShell.Header className="ui-screen-only">
        <SkipLink />
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? 'Close navigation' : 'Open navigation'}
            />
            <Brand />
          </Group>
          <Group gap="xs" wrap="nowrap">
            {tools}
            <ColorSchemeToggle />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="ui-screen-only" aria-label={label}>
        <AppShell.Section grow component={ScrollArea} p="sm">
          {nav.map((section, index) => (
            <Box key={section.label ?? index}>
              {section.label && <div className={classes.navLabel}>{section.label}</div>}
              <ul className={classes.navList}>
                {section.items.map((item) => (
                  <NavEntry key={item.href} item={item} pathname={pathname} onChoose={close} />
                ))}
              </ul>
            </Box>
          ))}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <ImpersonationBanner />
        <DemoRibbon />
        <div className={classes.sideMain}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}

function NavEntry({ item, pathname, onChoose }: { item: NavItem; pathname: string; onChoose: () => void }) {
  const here = isBelow(item, pathname);
  return (
    <li>
      <RouteLink
        href={item.href}
        className={classes.navLink}
        aria-current={here ? 'page' : undefined}
        onClick={onChoose}
      >
        <item.icon size={18} stroke={1.7} aria-hidden />
        {item.label}
        {item.badge !== undefined && <span className={classes.navBadge}>{item.badge}</span>}
      </RouteLink>
    </li>
  );
}
