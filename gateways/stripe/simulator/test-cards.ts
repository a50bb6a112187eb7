/** Stripe's test cards and what they do. https://docs.stripe.com/testing */

/** Why a bank says no, as Stripe's error fields. */
export interface Refusal {
  code: string;
  decline_code?: string;
  message: string;
}

export interface TestCard {
  brand: string;
  /** When the bank wants its customer to confirm: never; until the card was set up for later; whenever the customer is there; always. */
  authentication: 'never' | 'until_set_up' | 'in_person' | 'always';
  /** Says no to being charged, also after it was confirmed. */
  charge?: Refusal;
  /** Its bank says days later whether it pays, as a direct debit's does. */
  slow?: true;
  /** Money that is given back waits until the bank has taken it. */
  refundsWait?: true;
  /** Says no to being kept for later. */
  setUp?: Refusal;
}

const declined = (decline_code: string, message = 'Your card was declined.'): Refusal => ({
  code: 'card_declined',
  decline_code,
  message,
});
const NO = declined('generic_decline');
const NO_FUNDS = declined('insufficient_funds', 'Your card has insufficient funds.');
const EXPIRED: Refusal = { code: 'expired_card', decline_code: 'expired_card', message: 'Your card has expired.' };
const WRONG_CVC: Refusal = {
  code: 'incorrect_cvc',
  decline_code: 'incorrect_cvc',
  message: "Your card's security code is incorrect.",
};
const TROUBLE: Refusal = {
  code: 'processing_error',
  decline_code: 'processing_error',
  message: 'An error occurred while processing your card. Try again in a little bit.',
};
export const AUTHENTICATE: Refusal = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};
export const NOT_AUTHENTICATED: Refusal = {
  code: 'payment_intent_authentication_failure',
  message:
    'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
};
const WRONG_NUMBER: Refusal = { code: 'incorrect_number', message: 'Your card number is incorrect.' };
const REAL_CARD = declined(
  'test_mode_live_card',
  'Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
);

const visa = (rest: Partial<TestCard> = {}): TestCard => ({ brand: 'visa', authentication: 'never', ...rest });
const refuses = (refusal: Refusal) => visa({ charge: refusal, setUp: refusal });

const CARDS: Record<string, TestCard> = {
  '4242424242424242': visa(),
  '5555555555554444': { brand: 'mastercard', authentication: 'never' },
  '378282246310005': { brand: 'amex', authentication: 'never' },
  // The digits of Stripe's test account AT61 1904 3002 3457 3201: a direct debit.
  '611904300234573201': visa({ slow: true }),
  '4000000000007726': visa({ refundsWait: true }),
  '4000000000000002': refuses(NO),
  '4000000000009995': refuses(NO_FUNDS),
  '4000000000009987': refuses(declined('lost_card')),
  '4000000000009979': refuses(declined('stolen_card')),
  '4000000000000069': refuses(EXPIRED),
  '4000000000000127': refuses(WRONG_CVC),
  '4000000000000119': refuses(TROUBLE),
  '4000000000006975': refuses(declined('card_velocity_exceeded')),
  // Can be kept for later, and then cannot be charged.
  '4000000000000341': visa({ charge: NO }),
  '4000002500003155': visa({ authentication: 'until_set_up' }),
  '4000002760003184': visa({ authentication: 'always' }),
  '4000003800000446': visa({ authentication: 'in_person' }),
  '4000008260003178': visa({ authentication: 'until_set_up', charge: NO_FUNDS }),
  '4000000000003220': visa({ authentication: 'in_person' }),
  '4000008400001629': visa({ authentication: 'in_person', charge: NO }),
};

/** Names Stripe gives some of them, to be used in place of a payment method. */
export const NAMED_CARDS: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_pendingRefund: '4000000000007726',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
};

/** What the bank behind a number does; a number that is no test card is always refused. */
export function cardOf(number: string): TestCard {
  return CARDS[number] ?? refuses(passesLuhn(number) ? REAL_CARD : WRONG_NUMBER);
}

function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
