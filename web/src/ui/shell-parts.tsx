import { Avatar, Box, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLayoutDashboard, IconLogout, IconServer2, IconShieldLock, IconUser } from '@tabler/icons-react';
import { RouteLink } from './links.tsx';
import { useSession, useSignOut } from './session.tsx';
import classes from './shell.module.css';

/** The shop's mark and name; leads to the store. */
export function Brand({ href = '/' }: { href?: string }) {
  const { shop } = useSession();
  return (
    <RouteLink href={href} className={classes.brand}>
      <span className={classes.mark} aria-hidden>
        {shop.name.charAt(0).toUpperCase()}
      </span>
      <span className={classes.brandName}>{shop.name}</span>
    </RouteLink>
  );
}

export const SkipLink = () => (
  <a href="#main" className="ui-skip">
    Skip to content
  </a>
);

/** Says on every page that nothing here is real. */
export function DemoRibbon() {
  const { shop } = useSession();
  if (!shop.demo) return null;
  return (
    <Box className={`${classes.ribbon} ui-screen-only`} role="note">
      Demo shop: panels are simulated, no money moves.
    </Box>
  );
}

/** Who is signed in, and the doors they may use. */
export function UserMenu() {
  const { user, kind, customerId } = useSession();
  const signOut = useSignOut();
  if (!user) return null;
  return (
    <Menu position="bottom-end" width={230} withInitialFocusPlaceholder={false} shadow="md" radius="md">
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${user.name || user.email}`} className={classes.user}>
          <Avatar size={32} radius="xl" name={user.name || user.email} color="brand" aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Box px="sm" py={6}>
          <Text size="sm" fw={600} truncate>
            {user.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {user.email}
          </Text>
        </Box>
        <Menu.Divider />
        {kind === 'staff' && (
          <>
            <Menu.Item component={RouteLink} href="/admin" leftSection={<IconLayoutDashboard size={16} aria-hidden />}>
              Admin
            </Menu.Item>
            <Menu.Item
              component={RouteLink}
              href="/admin/security"
              leftSection={<IconShieldLock size={16} aria-hidden />}
            >
              Your sign-in
            </Menu.Item>
          </>
        )}
        {customerId && (
          <>
            <Menu.Item component={RouteLink} href="/portal" leftSection={<IconServer2 size={16} aria-hidden />}>
              Your hosting
            </Menu.Item>
            <Menu.Item component={RouteLink} href="/portal/profile" leftSection={<IconUser size={16} aria-hidden />}>
              Profile
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
