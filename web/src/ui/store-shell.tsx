import { Anchor, Group } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import { ImpersonationBanner } from './impersonation-banner.tsx';
import { ButtonLink, TextLink } from './links.tsx';
import { useSession } from './session.tsx';
import { homeOf } from './session-context.ts';
import classes from './shell.module.css';
import { Brand, DemoRibbon, SkipLink, UserMenu } from './shell-parts.tsx';

/** Everything a visitor sees: store, order, sign-in. */
export function StoreShell({ children }: { children?: ReactNode }) {
  const session = useSession();
  return (
    <div className={classes.store}>
      <header className={classes.storeHead}>
        <SkipLink />
        <ImpersonationBanner />
        <DemoRibbon />
        <div className={classes.storeHeadInner}>
          <Brand />
          <Group gap="xs" wrap="nowrap">
            <ColorSchemeToggle />
            {session.user ? (
              <>
                <ButtonLink href={homeOf(session)} variant="light" visibleFrom="xs">
                  {session.kind === 'staff' ? 'Admin' : 'Your hosting'}
                </ButtonLink>
                <UserMenu />
              </>
            ) : (
              <ButtonLink href="/sign-in" variant="default">
                Sign in
              </ButtonLink>
            )}
          </Group>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.storeMain}>
        {children ?? <Outlet />}
      </main>
      <footer className={classes.foot}>
        <div className={classes.footInner}>
          <span>{session.shop.name}</span>
          <Group gap="lg">
            <TextLink href="/" c="dimmed" size="sm" underline="hover">
              Products
            </TextLink>
            {session.shop.termsUrl && (
              <Anchor href={session.shop.termsUrl} c="dimmed" size="sm" underline="hover">
                Terms of service
              </Anchor>
            )}
          </Group>
        </div>
      </footer>
    </div>
  );
}
