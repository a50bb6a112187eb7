/** Mails that follow an event, queued in its transaction. Those that need what is only there afterwards are jobs beside this. */
import { nextCharge } from '../automation/next-charge.ts';
import { today } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import { longDay } from '../kit/day-words.ts';
import type { EventMap } from '../kit/events.ts';
import { formatMoney } from '../kit/money.ts';
import { readShopSettings } from '../staff/settings.ts';
import { shopLink } from '../staff/shop-link.ts';
import {
  alertToWrite,
  customerToWrite,
  invoiceToWrite,
  paymentToWrite,
  serviceToWrite,
  staffInCharge,
} from './facts.ts';

/** On `payment.declined`: nothing was charged, and how to pay. */
export const tellDeclined = (tx: TransactionContext, about: AboutPayment) =>
  tellAboutPayment(tx, 'payment_declined', about);

/** On `payment.action_needed`: nothing was charged, and where to confirm the payment in person. */
export const tellActionNeeded = (tx: TransactionContext, about: AboutPayment) =>
  tellAboutPayment(tx, 'payment_action_needed', about);

type AboutPayment = EventMap['payment.declined'];

async function tellAboutPayment(
  tx: TransactionContext,
  template: 'payment_declined' | 'payment_action_needed',
  { paymentId, invoiceId, customerId }: AboutPayment,
): Promise<void> {
  const payment = await paymentToWrite(tx.db, paymentId);
  const invoice = await invoiceToWrite(tx.db, invoiceId);
  if (invoice.state !== 'unpaid') return;
  const customer = await customerToWrite(tx.db, customerId);
  await tx.app.outbox.queue(tx, {
    template,
    to: customer.email,
    customerId,
    idempotencyKey: `${template}:${paymentId}`,
    cause: { kind: 'payment', id: paymentId },
    data: {
      name: customer.name,
      amount: formatMoney(payment.amountMinor, payment.currency, customer.locale),
      invoiceNumber: invoice.number,
      message: payment.message,
      url: shopLink(tx.app, `/portal/invoices/${invoiceId}`),
    },
  });
}

/** On `invoice.reminded`: what is owed, since when, whether a saved card will be charged, and when what goes offline. */
export async function tellReminded(
  tx: TransactionContext,
  { invoiceId, customerId, step, suspendsOn }: EventMap['invoice.reminded'],
): Promise<void> {
  const invoice = await invoiceToWrite(tx.db, invoiceId);
  const customer = await customerToWrite(tx.db, customerId);
  const { timeZone } = await readShopSettings(tx.db);
  const charge = await nextCharge(tx, invoiceId);
  await tx.app.outbox.queue(tx, {
    template: 'reminder',
    to: customer.email,
    customerId,
    // Should the due day be moved, the reminders for the new one go out as well.
    idempotencyKey: `${step}:${invoiceId}:${invoice.dueOn}`,
    cause: { kind: 'invoice', id: invoiceId },
    data: {
      name: customer.name,
      number: invoice.number,
      owed: formatMoney(invoice.totalMinor - invoice.paidMinor, invoice.currency, customer.locale),
      dueOn: longDay(invoice.dueOn, customer.locale),
      overdue: invoice.dueOn < today(tx.clock, timeZone),
      suspendsOn: suspendsOn && longDay(suspendsOn, customer.locale),
      charged: charge && formatMoney(charge.amountMinor, invoice.currency, customer.locale),
      chargedTo: charge?.label ?? null,
      chargedOn: charge && longDay(charge.on, customer.locale),
      url: shopLink(tx.app, `/portal/invoices/${invoiceId}`),
    },
  });
}

/** On `service.cancellation_requested`: that it was understood, and when it ends. */
export async function tellCancellation(
  tx: TransactionContext,
  { serviceId, customerId, requestId, endsOn }: EventMap['service.cancellation_requested'],
): Promise<void> {
  const service = await serviceToWrite(tx.db, serviceId);
  const customer = await customerToWrite(tx.db, customerId);
  await tx.app.outbox.queue(tx, {
    template: 'cancellation_confirmed',
    to: customer.email,
    customerId,
    idempotencyKey: `cancellation_confirmed:${requestId}:${endsOn === null ? 'at_once' : 'end_of_term'}`,
    cause: { kind: 'service', id: serviceId },
    data: {
      name: customer.name,
      product: service.productName,
      domain: service.domain,
      endsOn: endsOn && longDay(endsOn, customer.locale),
      url: shopLink(tx.app, `/portal/services/${serviceId}`),
    },
  });
}

type AboutService = EventMap['service.suspended'];

/** On `service.suspended`: why, and what brings it back. */
export const tellSuspended = (tx: TransactionContext, about: AboutService) => tellAboutService(tx, 'suspended', about);

/** On `service.unsuspended`. */
export const tellUnsuspended = (tx: TransactionContext, about: AboutService) =>
  tellAboutService(tx, 'unsuspended', about);

/** On `service.terminated`. */
export const tellTerminated = (tx: TransactionContext, about: AboutService) =>
  tellAboutService(tx, 'terminated', about);

async function tellAboutService(
  tx: TransactionContext,
  template: 'suspended' | 'unsuspended' | 'terminated',
  { serviceId, customerId }: AboutService,
): Promise<void> {
  const service = await serviceToWrite(tx.db, serviceId);
  const customer = await customerToWrite(tx.db, customerId);
  await tx.app.outbox.queue(tx, {
    template,
    to: customer.email,
    customerId,
    // A service may be suspended many times; each time is told once.
    idempotencyKey: `${template}:${serviceId}:${tx.clock.now().toISOString()}`,
    cause: { kind: 'service', id: serviceId },
    data: {
      name: customer.name,
      product: service.productName,
      domain: service.domain,
      overdue: service.suspendCause === 'overdue',
      reason: service.suspendReason,
      url: shopLink(tx.app, `/portal/services/${serviceId}`),
    },
  });
}

/** On `alert.raised` and `alert.grew`: one mail for everybody in charge. */
export async function tellStaff(tx: TransactionContext, { alertId }: EventMap['alert.raised']): Promise<void> {
  const { message, whatToDo, count, toldAt } = await alertToWrite(tx.db, alertId);
  for (const { userId, email } of await staffInCharge(tx.db)) {
    await tx.app.outbox.queue(tx, {
      template: 'staff_alert',
      to: email,
      idempotencyKey: `staff_alert:${alertId}:${toldAt.toISOString()}:${userId}`,
      cause: { kind: 'alert', id: alertId },
      data: { message, whatToDo, count, url: shopLink(tx.app, '/admin/alerts') },
    });
  }
}
