import { actionName } from '../kit/action-names.ts';
import type { Context } from '../kit/context.ts';
import { formatMoney } from '../kit/money.ts';

interface TraceLine {
  at: Date;
  kind: 'event' | 'operation' | 'panel_call' | 'mail' | 'payment';
  id: string;
  /** A short sentence for staff. */
  text: string;
  state: string | null;
}

/** Of each kind, so that an order that was tried for weeks can still be read. */
const MOST = 300;

/**
 * Everything that happened in an order's trace, oldest first.
 * @throws Error when there is no such order: ask whether the caller may see it first
 */
export async function orderTrace(ctx: Context, orderId: string): Promise<TraceLine[]> {
  const { correlationId } = await ctx.db
    .selectFrom('order')
    .select('correlationId')
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  const found = await Promise.all([
    events(ctx, correlationId),
    operations(ctx, correlationId),
    panelCalls(ctx, correlationId),
    mails(ctx, correlationId),
    payments(ctx, correlationId),
  ]);
  return found.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function events(ctx: Context, correlationId: string): Promise<TraceLine[]> {
  const rows = await ctx.db
    .selectFrom('event')
    .select(['id', 'type', 'createdAt'])
    .where('correlationId', '=', correlationId)
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.reverse().map(({ id, type, createdAt }) => ({
    at: createdAt,
    kind: 'event',
    id: String(id),
    text: actionName(type),
    state: null,
  }));
}

async function operations(ctx: Context, correlationId: string): Promise<TraceLine[]> {
  const rows = await ctx.db
    .selectFrom('operation')
    .innerJoin('service', 'service.id', 'operation.serviceId')
    .select([
      'operation.id',
      'operation.action',
      'operation.state',
      'operation.attempts',
      'operation.createdAt',
      'service.domain',
    ])
    .where('operation.correlationId', '=', correlationId)
    .orderBy('operation.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id, action, state, attempts, domain, createdAt }) => ({
    at: createdAt,
    kind: 'operation',
    id,
    text: `${sentence(action)}: ${domain}${attempts > 0 ? `, failed tries: ${attempts}` : ''}`,
    state,
  }));
}

async function panelCalls(ctx: Context, correlationId: string): Promise<TraceLine[]> {
  const rows = await ctx.db
    .selectFrom('provisioningLog')
    .leftJoin('server', 'server.id', 'provisioningLog.serverId')
    .select([
      'provisioningLog.id',
      'provisioningLog.label',
      'provisioningLog.outcome',
      'provisioningLog.durationMs',
      'provisioningLog.createdAt',
      'server.name',
    ])
    .where('provisioningLog.correlationId', '=', correlationId)
    .orderBy('provisioningLog.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id, label, outcome, durationMs, createdAt, name }) => ({
    at: createdAt,
    kind: 'panel_call',
    id,
    text: `Called ${label}${name ? ` on ${name}` : ''}, ${durationMs} ms`,
    state: outcome,
  }));
}

async function mails(ctx: Context, correlationId: string): Promise<TraceLine[]> {
  const rows = await ctx.db
    .selectFrom('mail')
    .select(['id', 'subject', 'toAddress', 'state', 'createdAt'])
    .where('correlationId', '=', correlationId)
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id, subject, toAddress, state, createdAt }) => ({
    at: createdAt,
    kind: 'mail',
    id,
    text: `Mail to ${toAddress}: ${subject}`,
    state,
  }));
}

async function payments(ctx: Context, correlationId: string): Promise<TraceLine[]> {
  const rows = await ctx.db
    .selectFrom('payment')
    .innerJoin('invoice', 'invoice.id', 'payment.invoiceId')
    .select([
      'payment.id',
      'payment.gatewayId',
      'payment.currency',
      'payment.amountMinor',
      'payment.state',
      'payment.createdAt',
      'invoice.number',
    ])
    .where('payment.correlationId', '=', correlationId)
    .orderBy('payment.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id, gatewayId, currency, amountMinor, state, createdAt, number }) => ({
    at: createdAt,
    kind: 'payment',
    id,
    text: `Payment of ${formatMoney(amountMinor, currency, 'en')} for invoice ${number} by ${ctx.app.gateways.get(gatewayId)?.name ?? gatewayId}`,
    state,
  }));
}

/** `changePackage` as words. */
function sentence(name: string): string {
  const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
