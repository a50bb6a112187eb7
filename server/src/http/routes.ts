/** Every room's way of answering its endpoints, in the order of the API document. */
import { customerRoutes } from '../customers/routes.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { staffRoutes } from '../staff/routes.ts';

export const roomRoutes: ((add: AddRoute) => void)[] = [staffRoutes, customerRoutes];
