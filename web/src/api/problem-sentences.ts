/** Sentences for the codes people meet. The API's codes are stable; how they are said is decided here. */
export const SENTENCES: Record<string, string> = {
  // signing in
  code_required: 'Enter the code of your authenticator app.',
  wrong_code: 'That code is not right. Codes are good once and for half a minute; look for the next one.',
  too_many_codes: 'There were too many wrong codes. Wait a quarter of an hour, or set a new password by mail.',
  password_guessable: 'That password is among the first that thieves try. Choose one that is harder to guess.',
  cannot_reset_yourself: 'Turn your own two-step sign-in off under Security, with your password and a code.',
  wrong_password: 'That is not your current password.',
  two_factor_is_on: 'Signing in asks for a code already.',
  two_factor_is_off: 'Signing in does not ask for a code.',
  two_factor_not_begun: 'Begin again: the key you scanned is no longer kept.',
  two_factor_is_required: 'This shop asks its staff for a second factor, so it cannot be taken off.',
  set_up_your_own_first: 'Set up two-step sign-in for yourself before you ask it of all staff.',
  second_factor_required: 'Set up a second factor first. This shop asks it of its staff.',
  right_missing: 'Your login may not do this. Ask an owner of the account.',
  not_while_impersonating: 'Not while you act as a customer.',
  sign_in_required: 'Your session has ended. Please sign in again.',
  session_required: 'This can only be done by somebody who is signed in, not with an API key.',
  wrong_credentials: 'That e-mail address and password do not belong together.',
  login_disabled: 'This login has been disabled. Please ask whoever runs the shop.',
  email_taken: 'There is already an account with this e-mail address.',
  token_invalid: 'This link is no longer valid. Please ask for a new one.',
  permission_missing: 'Your role does not allow this.',
  customers_only: 'This is for customers. You are signed in as staff.',
  scope_not_yours: 'A key cannot do more than you may do yourself.',
  already_expired: 'That day is over already. Choose a later one.',
  last_owner: 'The shop needs at least one owner.',
  cannot_disable_yourself: 'You cannot disable your own login.',
  shop_not_open: 'This shop is not open yet.',
  already_set_up: 'This shop is set up already. Please sign in.',
  cross_site_request: 'The request came from another site and was refused. Reload the page and try again.',
  // ordering and paying
  quote_changed: 'The price has changed while you looked. It is shown anew; please look again.',
  same_package: 'The service has this package already.',
  package_change_open: 'A change of package is being made already.',
  package_change_paid: 'The change is paid and being made; it cannot be withdrawn any more.',
  service_not_recurring: 'This service is not paid by periods, so there is no difference to charge.',
  period_unpaid: 'The current period is not paid yet. Pay its invoice first.',
  period_unknown: 'We cannot tell which period is paid. Please write to us.',
  gateway_silent: 'The payment provider does not answer. Nothing was changed; try again in a moment.',
  gateway_cannot_refund: 'This gateway cannot give money back. Send it by hand, or give credit.',
  refund_too_large: 'That is more than can still be given back.',
  payment_not_settled: 'No money arrived with this payment, so there is none to give back.',
  nothing_to_test: 'This gateway has nothing to try out.',
  out_of_stock: 'This product has just sold out.',
  unknown_product: 'This product is not on sale.',
  bad_item: 'This cannot be ordered as it is.',
  unknown_currency: 'Prices are not kept in this currency.',
  currency_not_sold: 'This is not sold in that currency.',
  currency_fixed: 'Your account keeps the currency of its first invoice.',
  gateway_unavailable: 'This way of paying is not available right now. Please choose another.',
  payment_method_not_found: 'This saved payment method is not there any more. Please choose another.',
  payment_in_progress: 'A payment for this invoice is already under way. Please do not pay a second time.',
  invoice_void: 'This invoice was voided; nothing is owed on it.',
  invoice_paid: 'This invoice is paid already.',
  invoice_has_payments: 'Money has been paid on this invoice, so it cannot be voided.',
  reference_used: 'This reference belongs to a payment of another invoice.',
  received_in_future: 'Money cannot have arrived in the future.',
  credit_too_low: 'There is less credit than that.',
  amount_too_large: 'This amount is too large.',
  request_in_progress: 'The same request is still running. Please wait a moment.',
  // hosting
  no_term: 'This service is not paid by periods, so it has no end of term.',
  term_over: 'What was paid for is used up. Remove it at once, or pay and then give it up.',
  cancellation_under_way: 'The service is being removed already.',
  proposal_approved: 'The account is being removed already.',
  proposal_declined: 'It was decided to keep the account.',
  proposal_withdrawn: 'There is nothing to decide any more: the service runs again, or is gone.',
  service_not_overdue: 'The service is no longer overdue.',
  service_pending: 'The service is not set up yet.',
  service_active: 'The service is active already.',
  service_suspended: 'The service is suspended.',
  service_terminated: 'The service has been terminated.',
  service_cancelled: 'The service was cancelled.',
  service_unpaid: 'The service is not paid yet.',
  service_busy: 'Something is being done to this service already. Please wait until it is finished.',
  service_without_account: 'The service has no account on a server yet.',
  service_has_no_server: 'The service has no server.',
  sign_on_refused: 'The control panel did not let us sign you on. Please try again in a moment.',
  account_absent: 'The panel has no such account.',
  account_exists: 'The panel has such an account already, and it is not provably ours.',
  panel_shows_otherwise: 'The panel shows something else. Look at the account there first.',
  other_server_group: 'That product lives in another server group; the account would have to be moved.',
  domain_not_confirmed: 'What you typed is not the domain of this service.',
  server_full: 'There is no room on this server.',
  // catalogue
  slug_taken: 'This address is used by another product already.',
  bad_product: 'The product cannot be saved as it is.',
  invalid_settings: 'Some of the settings need another look.',
  invalid_request: 'Some of what you entered needs another look.',
  // mails
  mail_still_queued: 'The mail is waiting to be sent already.',
  bad_mail_template: 'The template cannot be used as it is.',
  no_mail_server: 'The shop has no mail server yet, so nothing can be sent.',
  // connection
  no_answer: 'The server cannot be reached. Check your connection and try again.',
  exemptions_changed:
    'Somebody else has changed the exemptions meanwhile. Look at them as they are now, then change them again.',
};

/** For codes without a sentence of their own. */
const BY_STATUS: Record<number, string> = {
  401: 'Please sign in to go on.',
  403: 'You are not allowed to do this.',
  404: 'There is nothing here, or it is not yours to see.',
  409: 'This is not possible right now',
  422: 'Some of what you entered needs another look',
  429: 'That was a lot of tries. Please wait a moment.',
};

/** A sentence for a refusal; the server's own words where it has some and we have none, else the code spelled out. */
export function sentenceOf(problem: { status: number; code: string; detail?: string; message?: string }): string {
  const said = problem.message ?? SENTENCES[problem.code] ?? problem.detail;
  if (said && said !== problem.code) return said;
  const general = BY_STATUS[problem.status];
  if (!general) return 'Something went wrong on our side. Please try again.';
  return general.endsWith('.') ? general : `${general} (${problem.code.replaceAll('_', ' ')}).`;
}
