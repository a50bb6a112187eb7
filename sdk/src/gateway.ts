/**
 * The contract of a payment gateway. Like a module it keeps no state; unlike a module it is asked about money, so
 * every charge and refund carries an idempotency key that was stored before the call, and whatever a provider tells by
 * itself is only a reason to ask: `findCharge` is the one place that says what became of money.
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

/** What the provider says it took, and for whom. The shop compares it with what it asked for and settles nothing else. */
export interface Taken {
  amountMinor: bigint;
  /** ISO 4217. */
  currency: string;
  invoiceId: string;
  /** The shop's own id of the customer. */
  customerId: string;
}

export type ChargeResult =
  /** `reference` is the provider's key of this money: it never names other money. `taken` is required with `start` or `webhook`. */
  | { outcome: 'paid'; reference: string; feeMinor: bigint; taken?: Taken }
  /** `message` is for the customer, in plain words. `needsCustomer`: the bank wants to hear from the customer in person. */
  | { outcome: 'declined'; message: string; needsCustomer?: true };

/** A charge that waits for the customer at `url`, or for a bank when it is null. `message`: the last thing that went wrong. */
export interface OpenCharge {
  outcome: 'open';
  url: string | null;
  message: string;
}

/**
 * `absent`: the provider never saw the key. Only its own answer proves that; a page it made and does not have now, as after
 * a change of accounts, is a failure.
 */
export type ChargeState = ChargeResult | OpenCharge | 'absent';

/** Everything the shop knows of a charge to ask after. */
export interface ChargeToFind {
  idempotencyKey: string;
  /** What `start` returned; null when it never answered. */
  handle: string | null;
  /** What `createCustomer` returned, if it was ever called for this customer. */
  customerReference: string | null;
  /** No later than the charge was asked for. */
  since: Date;
}

export type RefundResult =
  | { outcome: 'refunded'; reference: string }
  /** Under way: call `refund` again later to hear how it ended. */
  | { outcome: 'pending' }
  /** Nothing was given back. `message` is for staff, in plain words. */
  | { outcome: 'refused'; message: string };

/** A way to pay that the provider keeps for a customer. */
export interface SavedMethod {
  /** The provider's own key of it. */
  reference: string;
  /** For the customer, for example `Visa •••• 4242`. */
  label: string;
  /** The last month it is good for, `YYYY-MM`; null when it does not expire. */
  expiresIn: string | null;
}

/** Something a provider told by itself. It moves no money: the shop asks the provider about what it names. */
export type GatewayNotice = {
  /** The provider's key of this message: it is heeded once, however often it comes. */
  id: string;
} & (
  | { about: 'charge'; idempotencyKey: string }
  | { about: 'refund'; idempotencyKey: string }
  | { about: 'saved'; customerReference: string }
  /** For staff: a dispute, a refund made elsewhere. `kind` is stable and snake_case. */
  | { about: 'trouble'; idempotencyKey: string; kind: string; message: string; whatToDo: string; dispute?: Dispute }
);

/** A customer says at their bank that they do not want to have paid. `open`: the provider has taken the money back for now. */
export interface Dispute {
  state: 'open' | 'won' | 'lost';
  amountMinor: bigint;
  /** ISO 4217, upper case. */
  currency: string;
  /** In the provider's words. */
  reason: string;
}

/** What came of trying settings out: each line is a sentence for staff. */
export interface SettingsTest {
  ok: boolean;
  facts: string[];
  /** What is wrong or missing and what to do about it. */
  problems: string[];
}

interface Asked<S extends Fields> {
  settings: Values<S>;
  signal: AbortSignal;
}

/**
 * A gateway is the functions it has: `instructions` alone tells how to send money; `charge` takes it at once; `start`
 * sends the customer to the provider's own page; `save` and its friends keep a card and charge it later.
 *
 * Any call may throw a failure of the SDK: `Unknown` when it is not certain what happened, anything else when nothing
 * did. What else is thrown counts as `Unknown`.
 */
export interface GatewayDefinition<S extends Fields = Fields, P extends Fields = Fields> {
  sdk: number;
  id: string;
  /** What customers choose, for example `Bank transfer`. */
  name: string;
  description?: string;
  settings: S;
  /** What the customer fills in here; only with `charge` or `start`. */
  payment?: P;
  /** Text shown on the invoice for gateways where staff record the payment. */
  instructions?(call: { settings: Values<S>; invoice: InvoiceToPay }): string;

  /** Take the money now. The same key never takes it twice. */
  charge?(
    call: Asked<S> & { invoice: InvoiceToPay; payment: Values<P>; idempotencyKey: string },
  ): Promise<ChargeResult>;
  /**
   * Make a page at the provider where the customer pays; it leads back to `returnUrl` whatever happened there. The same
   * key is the same page.
   * @returns `handle`: kept by the shop and given back to `findCharge`
   */
  start?(
    call: Asked<S> & {
      invoice: InvoiceToPay;
      payment: Values<P>;
      customerReference: string | null;
      idempotencyKey: string;
      returnUrl: string;
    },
  ): Promise<{ url: string; handle: string }>;
  /** What became of a charge. Required beside `charge`, `start` and `chargeSaved`. */
  findCharge?(call: Asked<S> & ChargeToFind): Promise<ChargeState>;
  /**
   * Make an open charge impossible to pay. Required beside `start`. One that is over already is left alone.
   * @returns what became of it: `open` when the provider cannot let go of it at the moment
   */
  withdraw?(call: Asked<S> & ChargeToFind): Promise<ChargeState>;
  /**
   * Give money of a settled charge back, wholly or in part. The same key never gives it twice; called again it says how
   * the refund stands. `refused`, returned or thrown, means that nothing was given back under this key, by an earlier
   * call neither: when the provider does not let you look, throw `NeedsStaff` or `Unknown` instead.
   * @param call.reference what the charge was settled with
   */
  refund?(
    call: Asked<S> & {
      reference: string;
      amountMinor: bigint;
      currency: string;
      idempotencyKey: string;
    },
  ): Promise<RefundResult>;

  /**
   * Make the customer known to the provider, once; may run again when its answer was lost. A call that is refused with
   * the code `customer_missing` makes the shop forget the key, so that the next one begins with this again.
   * @returns the provider's key
   */
  createCustomer?(call: Asked<S> & { customer: InvoiceToPay['customer'] }): Promise<string>;
  /** Make a page where the customer leaves a card for later. Needs the four below and `createCustomer`. */
  save?(
    call: Asked<S> & { customerReference: string; idempotencyKey: string; returnUrl: string; currency: string },
  ): Promise<{ url: string }>;
  /** Everything that is kept for a customer now. */
  listSaved?(call: Asked<S> & { customerReference: string }): Promise<SavedMethod[]>;
  /**
   * As `charge`, with what is kept. Should the bank want to hear from the customer, then for one who is there the charge
   * is `open`, and `url` leads to the bank and back to `returnUrl` whatever was answered; `findCharge` finds it without a
   * handle, and `withdraw` ends it. For one who is away it is declined with `needsCustomer`.
   */
  chargeSaved?(
    call: Asked<S> & {
      invoice: InvoiceToPay;
      customerReference: string;
      methodReference: string;
      idempotencyKey: string;
      customerPresent: boolean;
      returnUrl: string;
    },
  ): Promise<ChargeResult | OpenCharge>;
  /** Keep it no longer. What is gone already is fine. */
  forget?(call: Asked<S> & { methodReference: string }): Promise<void>;

  /**
   * Read what the provider sent to the shop's webhook address. What does not concern the shop is an empty list.
   * @param call.headers names in lower case
   * @param call.now the shop's clock, to refuse what is too old
   * @throws Refused when it does not prove to be the provider's
   */
  webhook?(
    call: Asked<S> & { rawBody: Uint8Array; headers: Record<string, string>; now: Date },
  ): Promise<GatewayNotice[]>;
  /** What to subscribe the webhook to, by the provider's own names. */
  webhookEvents?: string[];
  /** Try settings out, stored or not, without moving money. */
  testSettings?(call: Asked<S> & { webhookUrl: string }): Promise<SettingsTest>;
}

/** @throws TypeError when the functions do not add up; the message says what is missing. */
export function defineGateway<S extends Fields, P extends Fields = Record<never, never>>(
  definition: GatewayDefinition<S, P>,
): GatewayDefinition<S, P> {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(definition.id)) {
    throw new TypeError(
      `Gateway id "${definition.id}" must be lower-case letters, digits and dashes, 2 to 40 characters.`,
    );
  }
  if (!definition.charge && !definition.start && !definition.instructions) {
    throw new TypeError(`Gateway ${definition.id} needs charge(), start() or instructions().`);
  }
  for (const [given, ...needed] of NEEDS) {
    const missing = needed.find((name) => definition[given] && !definition[name]);
    if (missing) throw new TypeError(`Gateway ${definition.id} has ${given}(), so it needs ${missing}() too.`);
  }
  return definition;
}

type Part =
  | 'charge'
  | 'start'
  | 'save'
  | 'chargeSaved'
  | 'findCharge'
  | 'withdraw'
  | 'createCustomer'
  | 'listSaved'
  | 'forget';

const NEEDS: [given: Part, ...needed: Part[]][] = [
  ['charge', 'findCharge'],
  ['start', 'findCharge', 'withdraw'],
  ['save', 'createCustomer', 'listSaved', 'chargeSaved', 'forget'],
  ['chargeSaved', 'findCharge', 'save'],
];
