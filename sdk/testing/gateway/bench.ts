/** What the parts of the gateway suite share: the gateway with its values checked, and invoices to pay. */
import { randomUUID } from 'node:crypto';
import { type Fields, fieldsSchema, type Values } from '../../src/fields.ts';
import type { ChargeToFind, GatewayDefinition, InvoiceToPay } from '../../src/gateway.ts';

/** A message of the provider as it arrived at the shop. */
export interface ReceivedWebhook {
  rawBody: Uint8Array;
  headers: Record<string, string>;
}

/** The part of the customer at the provider's pages. */
export interface PageVisitor {
  /** What the customer fills in at the shop before. */
  payment: Record<string, unknown>;
  /** Pay on the page. @throws when it cannot be used any more */
  pay(url: string): Promise<void>;
  /** Try a card that is declined, and leave. */
  tryDeclined(url: string): Promise<void>;
}

export interface CardLeaver {
  /** Leave a card on the page of `save`: one that pays, one that cannot be charged, one whose bank wants its customer. */
  leave(url: string, card: 'pays' | 'declines' | 'needs_customer'): Promise<void>;
  /** Answer the bank on the page a charge was sent to. */
  answerBank(url: string, answer: 'confirm' | 'refuse'): Promise<void>;
}

export interface GatewaySuite<S extends Fields, P extends Fields> {
  gateway: GatewayDefinition<S, P>;
  /** Good settings, as the form would give them. */
  settings: Partial<Values<S>>;
  /** Settings the provider does not accept; needed with `testSettings`. */
  badSettings?: Partial<Values<S>>;
  /** What the customer fills in for each outcome; needed with `charge`. */
  pays?: Values<P>;
  declines?: Values<P>;
  /** Takes the money and then fails as `Unknown`. */
  losesTheAnswer?: Values<P>;
  /** A text the instructions for invoice INV-000042 contain; needed when the gateway gives some. */
  instructionsInclude?: string;
  /** Needed with `start`. */
  page?: PageVisitor;
  /** Needed with `save`. */
  cards?: CardLeaver;
  /** Everything the provider has sent to the shop so far, as it arrived; needed with `webhook`. */
  received?: () => Promise<ReceivedWebhook[]>;
}

export type Bench = ReturnType<typeof benchFor>;

/** Any gateway, for parts of the suite that know it by the contract alone. */
export function benchFor<S extends Fields, P extends Fields>(suite: GatewaySuite<S, P>) {
  const gateway = suite.gateway as unknown as GatewayDefinition; // whose values were checked by its own fields below
  const parse = (fields: Fields, values: object) => fieldsSchema(fields).parse(values) as Record<string, never>;
  const settings = parse(gateway.settings, suite.settings);
  return {
    gateway,
    settings,
    badSettings: suite.badSettings && parse(gateway.settings, suite.badSettings),
    /** What every call is given. */
    asked: () => ({ settings, signal: AbortSignal.timeout(20_000) }),
    payment: (values: object | undefined) => {
      if (!values) throw new Error(`Tell gatewaySuite what the customer of ${gateway.id} fills in.`);
      return parse(gateway.payment ?? {}, values);
    },
    /** Never throws for a missing part: who asks for it has looked whether the gateway has it. */
    part: <N extends keyof GatewayDefinition>(name: N) => {
      const part = gateway[name];
      if (part === undefined) throw new Error(`${gateway.id} has no ${name}.`);
      return part as NonNullable<GatewayDefinition[N]>;
    },
    toFind: (known: Partial<ChargeToFind> & { idempotencyKey: string }): ChargeToFind => ({
      handle: null,
      customerReference: null,
      since: new Date(Date.now() - 60_000),
      ...known,
    }),
  };
}

/** An invoice nobody has seen before, of a customer nobody has seen before. */
export const newInvoice = (): InvoiceToPay => ({
  id: randomUUID(),
  number: 'INV-000042',
  amountMinor: 1999n,
  currency: 'EUR',
  customer: { id: randomUUID(), email: 'ada@example.com', name: 'Ada Lovelace' },
});

export const takenFor = (invoice: InvoiceToPay) => ({
  amountMinor: invoice.amountMinor,
  currency: invoice.currency,
  invoiceId: invoice.id,
  customerId: invoice.customer.id,
});
