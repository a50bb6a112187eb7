/** Why a card was declined, for the customer in plain words. https://docs.stripe.com/declines/codes */

const REASONS: Record<string, string> = {
  insufficient_funds: 'Your card has insufficient funds.',
  withdrawal_count_limit_exceeded: 'Your card has reached its limit.',
  card_velocity_exceeded: 'Your card has reached its limit.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: 'The security code of your card is wrong.',
  invalid_cvc: 'The security code of your card is wrong.',
  incorrect_number: 'The number of your card is wrong.',
  invalid_number: 'The number of your card is wrong.',
  invalid_expiry_month: 'The expiry date of your card is wrong.',
  invalid_expiry_year: 'The expiry date of your card is wrong.',
  incorrect_zip: 'The postcode does not belong to your card.',
  card_not_supported: 'Your card does not support this kind of purchase.',
  currency_not_supported: 'Your card does not support this currency.',
  processing_error: 'Your card could not be charged just now. Please try again in a little while.',
  try_again_later: 'Your card could not be charged just now. Please try again in a little while.',
  issuer_not_available: 'Your bank could not be reached. Please try again in a little while.',
  authentication_required: 'Your bank asks you to confirm this payment.',
  payment_intent_authentication_failure: 'The payment was not confirmed with your bank.',
};

/** Stolen, lost and suspected cards are among the rest on purpose: their holder is told nothing more. */
const ANY_OTHER = 'Your card was declined. Please try another card, or ask your bank.';

interface Decline {
  code?: string | undefined;
  decline_code?: string | undefined;
}

export const declineWords = ({ code = '', decline_code = '' }: Decline): string =>
  REASONS[decline_code] ?? REASONS[code] ?? ANY_OTHER;

/** Whether the bank would take the charge if the customer were there to confirm it. */
export const needsCustomer = ({ code, decline_code }: Decline): boolean =>
  code === 'authentication_required' || decline_code === 'authentication_required';
