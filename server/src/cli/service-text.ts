import type { readService } from '../hosting/read-services.ts';
import { formatMoney } from '../kit/money.ts';
import type { ShownOperation } from './follow-operation.ts';
import { facts, table } from './print.ts';

export function describeService(service: Awaited<ReturnType<typeof readService>>): string {
  const last = service.operations as readonly ShownOperation[]; // as readService reads them
  const operations = last.map(({ id, action, state, createdAt, errorCode }) => [
    id,
    action,
    state,
    createdAt,
    errorCode,
  ]);
  return [
    facts({
      Service: service.number,
      Id: service.id,
      Domain: service.domain,
      State: service.suspendCause
        ? `${service.state} (${service.suspendCause}: ${service.suspendReason})`
        : service.state,
      Customer: service.customerName,
      Product: service.productName,
      Price: `${formatMoney(BigInt(service.recurringMinor), service.currency, 'en')} ${service.cycle}`,
      'Next due on': service.nextDueOn,
      Server: service.serverName,
      Username: service.username,
      'IP address': service.ipAddress,
      'Can not now': Object.entries(service.refusals)
        .filter(([, refusal]) => refusal !== null)
        .map(([verb]) => verb)
        .join(', '),
    }),
    table(['operation', 'action', 'state', 'planned', 'problem'], operations, 'No operation was ever planned.'),
  ].join('\n\n');
}
