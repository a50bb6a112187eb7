import type { OptionAnswers } from '../catalogue/product.ts';
import type { Cycle } from '../kit/calendar.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { FieldValues } from '../kit/declared-fields.ts';
import { record } from '../kit/events.ts';

export interface NewService {
  /** Made by the caller, so that invoice lines can point at the service before it stands. */
  id: string;
  customerId: string;
  orderId: string;
  productId: string;
  /** Normalised. */
  domain: string;
  cycle: Cycle;
  currency: string;
  /** Due at every renewal, in minor units; 0 when never billed again. */
  recurringMinor: bigint;
  /** Every option of the product. */
  optionValues: OptionAnswers;
  /** What the module asked the customer. */
  orderAnswers: FieldValues;
}

/** A service as it was ordered: pending, on no server yet, and due when it has been active for a cycle. */
export async function createService(tx: TransactionContext, service: NewService): Promise<void> {
  const now = tx.clock.now();
  await tx.db
    .insertInto('service')
    .values({
      ...service,
      state: 'pending',
      optionValues: JSON.stringify(service.optionValues),
      orderAnswers: JSON.stringify(service.orderAnswers),
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  const after = { domain: service.domain, productId: service.productId, orderId: service.orderId };
  const payload = { serviceId: service.id, customerId: service.customerId };
  await record(tx, 'service.created', { kind: 'service', id: service.id }, payload, { after });
}
