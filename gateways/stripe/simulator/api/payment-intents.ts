import { find, page } from '../books.ts';
import { amountIn, cancelIntent, captureIntent, checkAmount, confirmIntent, createIntent } from '../intents.ts';
import { invalidRequest } from '../stripe-error.ts';
import { ofCustomer } from './of-customer.ts';
import { type ApiCall, PAGING, routesFor, updated } from './route.ts';

const route = routesFor('payment_intent');
const SHARED =
  'allowed_payment_method_types amount_details application_fee_amount capture_method customer customer_account description excluded_payment_method_types hooks metadata payment_details payment_method payment_method_configuration payment_method_data payment_method_options payment_method_types receipt_email setup_future_usage shipping statement_descriptor statement_descriptor_suffix transfer_data transfer_group amount currency';
const CONFIRM =
  'confirmation_token error_on_requires_action mandate mandate_data off_session radar_options return_url use_stripe_sdk';

export const PAYMENT_INTENTS = [
  route(
    'POST',
    'payment_intents',
    `${SHARED} ${CONFIRM} automatic_payment_methods confirm confirmation_method on_behalf_of`,
    ({ bank, given }) => createIntent(bank, given),
  ),
  route('GET', 'payment_intents', `${PAGING} created customer customer_account`, ({ bank, given, path }) =>
    page(ofCustomer(bank, bank.books.intents.values(), given), given, path),
  ),
  route('GET', 'payment_intents/{id}', 'client_secret', (call) => intentOf(call)),
  route('POST', 'payment_intents/{id}', SHARED, (call) => {
    const before = intentOf(call);
    const { bank, given } = call;
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(before.status)) {
      throw invalidRequest(`This PaymentIntent could not be updated because it has a status of ${before.status}.`, {
        code: 'payment_intent_unexpected_state',
      });
    }
    const amount = 'amount' in given ? amountIn(given.amount, 'amount') : before.amount;
    checkAmount(amount, before.currency);
    const intent = { ...updated(before, given, ['description', 'payment_method', 'receipt_email']), amount };
    bank.books.intents.set(intent.id, intent);
    return intent;
  }),
  route(
    'POST',
    'payment_intents/{id}/confirm',
    `${CONFIRM} allowed_payment_method_types amount_details amount_to_confirm capture_method excluded_payment_method_types hooks payment_details payment_method payment_method_data payment_method_options payment_method_types receipt_email setup_future_usage shipping`,
    (call) => confirmIntent(call.bank, intentOf(call), call.given),
  ),
  route(
    'POST',
    'payment_intents/{id}/capture',
    'amount_details amount_to_capture application_fee_amount final_capture hooks metadata payment_details statement_descriptor statement_descriptor_suffix transfer_data',
    (call) => captureIntent(call.bank, intentOf(call), call.given),
  ),
  route('POST', 'payment_intents/{id}/cancel', 'cancellation_reason', (call) =>
    cancelIntent(call.bank, intentOf(call), call.given),
  ),
];

const intentOf = ({ bank, id }: ApiCall) => find(bank.books.intents, id, 'payment_intent', 'intent');
