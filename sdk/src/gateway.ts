/**
 * The contract of a payment gateway. Like a module it keeps no state; unlike a module it is asked about money, so
 * every charge carries an idempotency key that was stored before the call.
 */
import type { Fields, Values } from './fields.ts';

export interface InvoiceToPay {
  id: string;
  number: string;
  /** What is still owed, in minor units. */
  amountMinor: bigint;
  /** ISO 4217. */
  currency: string;
  customer: { id: string; email: string; name: string };
}

export type ChargeResult =
  | { outcome: 'paid'; reference: string; feeMinor: bigint }
  /** `message` is for the customer, in plain words. */
  | { outcome: 'declined'; message: string };

export interface GatewayDefinition<S extends Fields = Fields, P extends Fields = Fields> {
  sdk: number;
  id: string;
  /** What customers choose, for example `Bank transfer`. */
  name: string;
  description?: string;
  /** Refused outside demo mode. */
  demoOnly?: boolean;
  settings: S;
  /** What the customer fills in to pay at once; only with `charge`. */
  payment?: P;
  /** Text shown on the invoice for gateways where staff record the payment. */
  instructions?(call: { settings: Values<S>; invoice: InvoiceToPay }): string;
  /**
   * Take the money now. The same key must never take it twice.
   * @throws Unknown when it is not certain whether money moved: the payment is then asked after with `findCharge`.
   */
  charge?(call: {
    settings: Values<S>;
    invoice: InvoiceToPay;
    payment: Values<P>;
    idempotencyKey: string;
    signal: AbortSignal;
  }): Promise<ChargeResult>;
  /** What became of a charge. `absent`: the provider never saw the key. Required beside `charge`. */
  findCharge?(call: {
    settings: Values<S>;
    idempotencyKey: string;
    signal: AbortSignal;
  }): Promise<ChargeResult | 'absent'>;
}

/** @throws TypeError when a gateway can neither charge nor tell how to pay. */
export function defineGateway<S extends Fields, P extends Fields = Record<never, never>>(
  definition: GatewayDefinition<S, P>,
): GatewayDefinition<S, P> {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(definition.id)) {
    throw new TypeError(
      `Gateway id "${definition.id}" must be lower-case letters, digits and dashes, 2 to 40 characters.`,
    );
  }
  if (!definition.charge && !definition.instructions) {
    throw new TypeError(`Gateway ${definition.id} needs charge() or instructions().`);
  }
  if (definition.charge && !definition.findCharge) {
    throw new TypeError(`Gateway ${definition.id} can charge, so it needs findCharge() too.`);
  }
  return definition;
}
