import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { NotFoundPage } from '../ui/not-found-page.tsx';

type Load = () => Promise<Record<string, ComponentType>>;

/** Every address of the admin: path below `/admin`, the file of its page, the component in it. */
const PAGES: [path: string, load: Load, page: string][] = [
  ['/', () => import('./overview/overview-page.tsx'), 'OverviewPage'],
  ['alerts', () => import('./alerts/alerts-page.tsx'), 'AlertsPage'],
  ['customers', () => import('./customers/customers-page.tsx'), 'CustomersPage'],
  ['customers/$id', () => import('./customers/customer-page.tsx'), 'CustomerPage'],
  ['orders', () => import('./orders/orders-page.tsx'), 'OrdersPage'],
  ['orders/new', () => import('./orders/new-order-page.tsx'), 'NewOrderPage'],
  ['orders/$id', () => import('./orders/order-page.tsx'), 'OrderPage'],
  ['invoices', () => import('./invoices/invoices-page.tsx'), 'InvoicesPage'],
  ['invoices/new', () => import('./invoices/new-invoice-page.tsx'), 'NewInvoicePage'],
  ['invoices/$id', () => import('./invoices/invoice-page.tsx'), 'InvoicePage'],
  ['payments', () => import('./payments/payments-page.tsx'), 'PaymentsPage'],
  ['payments/$id', () => import('./payments/payment-page.tsx'), 'PaymentPage'],
  ['automation', () => import('./automation/automation-page.tsx'), 'AutomationPage'],
  ['automation/runs/$id', () => import('./automation/run-page.tsx'), 'RunPage'],
  ['terminations', () => import('./terminations/terminations-page.tsx'), 'TerminationsPage'],
  ['services', () => import('./services/services-page.tsx'), 'ServicesPage'],
  ['package-changes', () => import('./package-changes/package-changes-page.tsx'), 'PackageChangesPage'],
  ['services/$id', () => import('./services/service-page.tsx'), 'ServicePage'],
  ['operations', () => import('./operations/operations-page.tsx'), 'OperationsPage'],
  ['operations/$id', () => import('./operations/operation-page.tsx'), 'OperationPage'],
  ['panel-log', () => import('./panel-log/panel-log-page.tsx'), 'PanelLogPage'],
  ['panel-log/$id', () => import('./panel-log/panel-call-page.tsx'), 'PanelCallPage'],
  ['mails', () => import('./mails/mails-page.tsx'), 'MailsPage'],
  ['mails/$id', () => import('./mails/mail-page.tsx'), 'MailPage'],
  ['products', () => import('./products/products-page.tsx'), 'ProductsPage'],
  ['products/new', () => import('./products/product-editor-page.tsx'), 'NewProductPage'],
  ['products/$id', () => import('./products/product-editor-page.tsx'), 'EditProductPage'],
  ['product-groups', () => import('./product-groups/product-groups-page.tsx'), 'ProductGroupsPage'],
  ['servers', () => import('./servers/servers-page.tsx'), 'ServersPage'],
  ['servers/new', () => import('./servers/server-editor-page.tsx'), 'NewServerPage'],
  ['servers/$id', () => import('./servers/server-page.tsx'), 'ServerPage'],
  ['servers/$id/edit', () => import('./servers/server-editor-page.tsx'), 'EditServerPage'],
  ['server-groups', () => import('./server-groups/server-groups-page.tsx'), 'ServerGroupsPage'],
  ['modules', () => import('./modules/modules-page.tsx'), 'ModulesPage'],
  ['gateways', () => import('./gateways/gateways-page.tsx'), 'GatewaysPage'],
  ['gateways/$id', () => import('./gateways/gateway-page.tsx'), 'GatewayPage'],
  ['staff', () => import('./staff/staff-page.tsx'), 'StaffPage'],
  ['api-keys', () => import('./api-keys/api-keys-page.tsx'), 'ApiKeysPage'],
  ['mail-templates', () => import('./mail-templates/mail-templates-page.tsx'), 'MailTemplatesPage'],
  ['mail-templates/$id', () => import('./mail-templates/mail-template-page.tsx'), 'MailTemplatePage'],
  ['security', () => import('./security/security-page.tsx'), 'SecurityPage'],
  ['settings', () => import('./settings/settings-page.tsx'), 'SettingsPage'],
  ['audit', () => import('./audit/audit-page.tsx'), 'AuditPage'],
];

/** The admin below the app's root. Nothing of it is loaded before somebody goes there. */
export function adminRoutes(parent: AnyRoute) {
  const admin = createRoute({
    getParentRoute: () => parent,
    path: '/admin',
    component: lazyRouteComponent(() => import('./admin-frame.tsx'), 'AdminFrame'),
    notFoundComponent: NotFoundPage,
  });
  return [
    admin.addChildren(
      PAGES.map(([path, load, page]) =>
        createRoute({ getParentRoute: () => admin, path, component: lazyRouteComponent(load, page) }),
      ),
    ),
  ];
}
