import { page } from '../books.ts';
import { textOf } from '../form.ts';
import { createSession, currentSession, expireSession, lineItemsOf } from '../sessions.ts';
import { ofCustomer } from './of-customer.ts';
import { PAGING, routesFor } from './route.ts';

const route = routesFor('checkout_session');

export const CHECKOUT_SESSIONS = [
  route(
    'POST',
    'checkout/sessions',
    'adaptive_pricing after_expiration allow_promotion_codes automatic_tax billing_address_collection branding_settings cancel_url client_reference_id consent_collection currency custom_fields custom_text customer customer_account customer_creation customer_email customer_update discounts excluded_payment_method_types expires_at invoice_creation line_items locale metadata mode name_collection optional_items origin_context payment_intent_data payment_method_collection payment_method_configuration payment_method_data payment_method_options payment_method_types permissions phone_number_collection redirect_on_completion return_url saved_payment_method_options setup_intent_data shipping_address_collection shipping_options submit_type subscription_data success_url tax_id_collection ui_mode wallet_options',
    ({ bank, given }) => createSession(bank, given),
  ),
  route(
    'GET',
    'checkout/sessions',
    `${PAGING} created customer customer_account customer_details payment_intent payment_link status subscription`,
    ({ bank, given, path }) => {
      const status = textOf(given.status);
      const rows = ofCustomer(bank, bank.books.sessions.values(), given);
      return page(status === undefined ? rows : rows.filter((row) => row.status === status), given, path);
    },
  ),
  route('GET', 'checkout/sessions/{id}', '', ({ bank, id }) => currentSession(bank, id)),
  route('POST', 'checkout/sessions/{id}/expire', '', ({ bank, id }) => expireSession(bank, id)),
  route('GET', 'checkout/sessions/{id}/line_items', PAGING, ({ bank, id, given, path }) =>
    page(lineItemsOf(bank, id).toReversed(), given, path),
  ),
];
