/** Services as the API shows them to staff and to their owner. */
import type { OptionAnswers, ProductOption } from '../catalogue/product.ts';
import { customerName } from '../customers/present.ts';
import type { CancellationRow } from './cancellation.ts';
import { inPlainWords } from './history.ts';
import type { servicesWithParties } from './queries.ts';
import type { Refusals } from './refusals.ts';

export type ServiceWithParties = Awaited<ReturnType<ReturnType<typeof servicesWithParties>['executeTakeFirstOrThrow']>>;

export const asServiceSummary = (row: ServiceWithParties) => ({
  id: row.id,
  number: row.number,
  customerId: row.customerId,
  customerName: customerName(row),
  productId: row.productId,
  productName: row.productName,
  domain: row.domain,
  state: row.state,
  serverId: row.serverId,
  serverName: row.serverName,
  username: row.username,
  cycle: row.cycle,
  currency: row.currency,
  recurringMinor: row.recurringMinor,
  nextDueOn: row.nextDueOn,
  suspendCause: row.suspendCause,
  createdAt: row.createdAt,
});

export const asService = (
  row: ServiceWithParties,
  about: {
    options: readonly ProductOption[];
    refusals: Refusals;
    operations: readonly unknown[];
    cancellation: CancellationRow | undefined;
  },
) => ({
  ...asServiceSummary(row),
  cancellation: asCancellation(row, about.cancellation),
  orderId: row.orderId,
  moduleId: row.moduleId,
  remoteId: row.remoteId,
  ipAddress: row.ipAddress,
  suspendReason: row.suspendReason,
  orderAnswers: row.orderAnswers,
  options: asOptions(row.optionValues, about.options),
  nameservers: nameserversOf(row),
  activatedAt: row.activatedAt,
  suspendedAt: row.suspendedAt,
  terminatedAt: row.terminatedAt,
  refusals: about.refusals,
  operations: about.operations,
});

export const asOwnService = (
  row: ServiceWithParties,
  about: {
    options: readonly ProductOption[];
    refusals: Refusals;
    events: readonly { type: string; createdAt: Date }[];
    open: { id: string; action: string; state: string } | undefined;
    cancellation: CancellationRow | undefined;
  },
) => ({
  ...asServiceSummary(row),
  cancellation: asCancellation(row, about.cancellation),
  orderId: row.orderId,
  serverHostname: row.serverHostname,
  ipAddress: row.ipAddress,
  nameservers: nameserversOf(row),
  suspendReason: row.suspendReason,
  options: asOptions(row.optionValues, about.options),
  hasPassword: row.sealedPassword !== null,
  canSignOn: about.refusals.signOn === null,
  refusals: { changePassword: about.refusals.changePassword, signOn: about.refusals.signOn },
  history: inPlainWords(about.events),
  openOperation: about.open ? { id: about.open.id, action: about.open.action, state: about.open.state } : null,
});

const asCancellation = (row: ServiceWithParties, request: CancellationRow | undefined) =>
  request
    ? {
        timing: request.timing,
        reason: request.reason,
        requestedAt: request.createdAt,
        endsOn: request.timing === 'end_of_term' ? row.nextDueOn : null,
      }
    : null;

/** Those of the server's form; without any, those the panel told when it made the account. */
export function nameserversOf(row: { serverNameservers: string[] | null; remoteData: unknown }): string[] {
  if (row.serverNameservers?.length) return row.serverNameservers;
  const { nameservers } = row.remoteData as { nameservers?: string[] }; // written from the module's `Account`
  return nameservers ?? [];
}

/** What was chosen when ordering, in the product's words; an option the product no longer has speaks for itself. */
function asOptions(optionValues: unknown, options: readonly ProductOption[]) {
  return Object.entries(optionValues as OptionAnswers).map(([code, value]) => {
    const option = options.find((candidate) => candidate.code === code);
    const chosen = option?.values.find((candidate) => candidate.value === String(value));
    const label = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : (chosen?.label ?? String(value));
    return { code, name: option?.name ?? code, value: String(value), label };
  });
}
