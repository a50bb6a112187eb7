import type { NewLine } from '../billing/issue-invoice.ts';

/** What an invoice says of a service's next period. */
export const renewalLine = (
  service: { id: string; productName: string; domain: string; recurringMinor: bigint },
  period: { from: string; to: string },
): NewLine => ({
  kind: 'recurring',
  cause: { kind: 'service', id: service.id },
  description: `${service.productName}: ${service.domain}`,
  quantity: 1,
  unitMinor: service.recurringMinor,
  amountMinor: service.recurringMinor,
  period,
});
