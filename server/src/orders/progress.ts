/** How far an order is, in words for the customer: nothing a panel said is repeated here. */
import { CREATE_STEPS } from '../hosting/acts/create-steps.ts';
import type { Context } from '../kit/context.ts';
import {
  latestPaymentState,
  orderForProgress,
  type ServiceInProgress,
  servicesInProgress,
  stepsOf,
} from './progress-queries.ts';
import { asSteps } from './progress-steps.ts';

/**
 * Where the making of every service of an order stands. Every step that will come is there from the start, as `pending`.
 *
 * @throws Error when there is no such order: ask whether the caller may see it first
 */
export async function orderProgress(ctx: Context, orderId: string) {
  const order = await orderForProgress(ctx.db, orderId);
  const services = await servicesInProgress(ctx.db, orderId);
  const steps = await stepsOf(
    ctx.db,
    services.flatMap(({ operationId }) => (operationId === null ? [] : [operationId])),
  );
  return {
    orderId,
    orderState: order.state,
    invoiceId: order.invoiceId,
    invoiceState: order.invoiceState,
    paymentState: await latestPaymentState(ctx.db, order.invoiceId),
    services: services.map((service) => ({
      serviceId: service.id,
      productName: service.productName,
      domain: service.domain,
      state: service.state,
      operationId: service.operationId,
      operationState: service.operationState,
      message: messageOf(service, order.invoiceState),
      steps: asSteps(
        CREATE_STEPS.filter(({ part }) => part === null || service[part]).map(({ name }) => name),
        steps.filter(({ runId }) => runId === service.operationId),
        service.operationState,
      ),
      seconds: secondsBetween(service.operationCreatedAt, service.activatedAt),
    })),
  };
}

export type OrderProgress = Awaited<ReturnType<typeof orderProgress>>;

/** Whether nothing in it will change by itself any more. */
export function isFinal({ orderState, invoiceState, services }: OrderProgress): boolean {
  if (orderState === 'cancelled') return true;
  if (invoiceState === 'unpaid') return false;
  return services.every(
    ({ state, operationState }) =>
      state !== 'pending' && (operationState === null || operationState === 'done' || operationState === 'failed'),
  );
}

const WAITING: Record<string, string> = {
  queued: 'Many orders are being set up right now. Yours is next in line.',
  server_busy: 'Many orders are being set up right now. Yours is next in line.',
  server_unavailable: 'The server is being looked after. We go on by ourselves as soon as it is back.',
  no_capacity: 'We are adding capacity. Your order goes on by itself as soon as there is room.',
  retry: 'This takes a little longer than usual. We are trying again by ourselves.',
};

function messageOf(service: ServiceInProgress, invoiceState: string): string | null {
  if (service.state === 'cancelled') return 'This was cancelled.';
  switch (service.operationState) {
    case null:
      if (service.state !== 'pending') return null;
      return invoiceState === 'unpaid' ? 'We begin as soon as your payment has arrived.' : 'We are about to begin.';
    case 'planned':
      return 'We are about to begin.';
    case 'waiting':
      return WAITING[service.waitReason ?? 'retry'] ?? null;
    case 'needs_staff':
      return 'Our team is looking at this. You need do nothing; we will finish it for you.';
    case 'failed':
      return 'This could not be set up. Our team will get in touch with you.';
    default:
      return null;
  }
}

function secondsBetween(from: Date | null, to: Date | null): number | null {
  return from && to ? Math.max(0, (to.getTime() - from.getTime()) / 1000) : null;
}
