/** Every room's way of answering its endpoints, in the order of the API document. */
import { automationRoutes } from '../automation/routes.ts';
import { billingRoutes } from '../billing/routes.ts';
import { catalogueRoutes } from '../catalogue/routes.ts';
import { customerRoutes } from '../customers/routes.ts';
import { hostingRoutes } from '../hosting/routes.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { mailRoutes } from '../mail/routes.ts';
import { operationRoutes } from '../operations/routes.ts';
import { orderProgressRoutes } from '../orders/progress-routes.ts';
import { orderRoutes } from '../orders/routes.ts';
import { paymentRoutes } from '../payments/routes.ts';
import { provisioningRoutes } from '../provisioning/routes.ts';
import { staffRoutes } from '../staff/routes.ts';

export const roomRoutes: ((add: AddRoute) => void)[] = [
  staffRoutes,
  customerRoutes,
  catalogueRoutes,
  billingRoutes,
  paymentRoutes,
  provisioningRoutes,
  operationRoutes,
  hostingRoutes,
  orderRoutes,
  orderProgressRoutes,
  automationRoutes,
  mailRoutes,
];
