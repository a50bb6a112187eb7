import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { adminRoutes } from './admin/routes.tsx';
import { ConfirmHost } from './ui/confirm.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';
import { PageLoading } from './ui/page.tsx';
import { PageError } from './ui/page-error.tsx';
import { SessionProvider } from './ui/session.tsx';
import { PortalShell } from './ui/shells.tsx';
import { StoreShell } from './ui/store-shell.tsx';

/** Every address of the app. Pages are loaded when somebody goes there; `admin/routes.tsx` brings its own. */
const root = createRootRoute({
  component: () => (
    <SessionProvider>
      <Outlet />
      <ConfirmHost />
    </SessionProvider>
  ),
  notFoundComponent: () => (
    <StoreShell>
      <NotFoundPage />
    </StoreShell>
  ),
});

const store = createRoute({ getParentRoute: () => root, id: 'store', component: StoreShell });
const storePages = [
  createRoute({
    getParentRoute: () => store,
    path: '/',
    component: lazyRouteComponent(() => import('./store/store-page.tsx'), 'StorePage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/products/$slug',
    component: lazyRouteComponent(() => import('./store/product-page.tsx'), 'ProductPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/checkout/$slug',
    component: lazyRouteComponent(() => import('./store/checkout-page.tsx'), 'CheckoutPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/orders/$orderId',
    component: lazyRouteComponent(() => import('./store/progress-page.tsx'), 'ProgressPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./account/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/sign-up',
    component: lazyRouteComponent(() => import('./account/sign-up-page.tsx'), 'SignUpPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('./account/forgot-password-page.tsx'), 'ForgotPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/reset-password',
    component: lazyRouteComponent(() => import('./account/reset-password-page.tsx'), 'ResetPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/confirm-email',
    component: lazyRouteComponent(() => import('./account/confirm-email-page.tsx'), 'ConfirmEmailPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/sign-in-link',
    component: lazyRouteComponent(() => import('./account/sign-in-link-page.tsx'), 'SignInLinkPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/invitation',
    component: lazyRouteComponent(() => import('./account/invitation-page.tsx'), 'InvitationPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/account/security',
    component: lazyRouteComponent(() => import('./account/account-security-page.tsx'), 'AccountSecurityPage'),
  }),
  createRoute({
    getParentRoute: () => store,
    path: '/set-up',
    component: lazyRouteComponent(() => import('./account/set-up-page.tsx'), 'SetUpPage'),
  }),
];

const portal = createRoute({
  getParentRoute: () => root,
  path: '/portal',
  component: PortalShell,
  notFoundComponent: NotFoundPage,
});
const portalPages = [
  createRoute({
    getParentRoute: () => portal,
    path: '/',
    component: lazyRouteComponent(() => import('./portal/home-page.tsx'), 'HomePage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'services',
    component: lazyRouteComponent(() => import('./portal/services-page.tsx'), 'ServicesPage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'services/$id',
    component: lazyRouteComponent(() => import('./portal/service-page.tsx'), 'ServicePage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'services/$id/change-package',
    component: lazyRouteComponent(() => import('./portal/package-change/change-package-page.tsx'), 'ChangePackagePage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'invoices',
    component: lazyRouteComponent(() => import('./portal/invoices-page.tsx'), 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'invoices/$id',
    component: lazyRouteComponent(() => import('./portal/invoice-page.tsx'), 'InvoicePage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'orders',
    component: lazyRouteComponent(() => import('./portal/orders-page.tsx'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'credit',
    component: lazyRouteComponent(() => import('./portal/credit-page.tsx'), 'CreditPage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'payment-methods',
    component: lazyRouteComponent(
      () => import('./portal/payment-methods/payment-methods-page.tsx'),
      'PaymentMethodsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'profile',
    component: lazyRouteComponent(() => import('./portal/profile-page.tsx'), 'ProfilePage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'users',
    component: lazyRouteComponent(() => import('./portal/users/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'api-keys',
    component: lazyRouteComponent(() => import('./portal/api-keys-page.tsx'), 'ApiKeysPage'),
  }),
  createRoute({
    getParentRoute: () => portal,
    path: 'security',
    component: lazyRouteComponent(() => import('./portal/security-page.tsx'), 'SecurityPage'),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren([store.addChildren(storePages), portal.addChildren(portalPages), ...adminRoutes(root)]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: PageLoading,
  // A page whose code did not arrive is asked for anew only by a fresh start.
  defaultErrorComponent: ({ error }) => <PageError error={error} onRetry={() => window.location.reload()} />,
  defaultNotFoundComponent: NotFoundPage,
  // Plain query strings: a search for 123 stays text, and a token is never read as a number.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
    ).toString();
    return text ? `?${text}` : '';
  },
});
