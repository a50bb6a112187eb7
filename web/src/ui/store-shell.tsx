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

const FOOT_LINK = { c: 'dimmed', size: 'sm', underline: 'hover' } as const;

/** Everything a visitor sees: store, order, sign-in. */
export function StoreShell({ children }: { children?: ReactNode }) {
  const session = useSession();
  const { shop } = session;
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
          <address className={classes.imprint}>
            {!shop.address.startsWith(shop.name) && <strong>{shop.name}</strong>}
            {shop.address && <span>{shop.address}</span>}
            {shop.taxId && <span>Tax ID {shop.taxId}</span>}
          </address>
          <nav className={classes.footLinks} aria-label="Footer">
            <TextLink href="/" {...FOOT_LINK}>
              Products
            </TextLink>
            <TextLink href={session.user ? homeOf(session) : '/sign-in'} {...FOOT_LINK}>
              {session.user ? 'Your account' : 'Sign in'}
            </TextLink>
            {shop.supportEmail && (
              <Anchor href={`mailto:${shop.supportEmail}`} {...FOOT_LINK}>
                {shop.supportEmail}
              </Anchor>
            )}
            {shop.termsUrl && (
              <Anchor href={shop.termsUrl} {...FOOT_LINK}>
                Terms of service
              </Anchor>
            )}
          </nav>
        </div>
      </footer>
    </div>
  );
}
