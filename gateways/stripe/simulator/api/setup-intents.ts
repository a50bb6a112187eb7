import { find, page } from '../books.ts';
import { cancelSetup, confirmSetup, createSetup } from '../setup-intents.ts';
import { ofCustomer } from './of-customer.ts';
import { type ApiCall, PAGING, routesFor, updated } from './route.ts';

const route = routesFor('setup_intent');
const SHARED =
  'allowed_payment_method_types attach_to_self customer customer_account description excluded_payment_method_types flow_directions metadata payment_method payment_method_configuration payment_method_data payment_method_options payment_method_types';
const CONFIRM = 'confirmation_token mandate_data return_url use_stripe_sdk';

export const SETUP_INTENTS = [
  route(
    'POST',
    'setup_intents',
    `${SHARED} ${CONFIRM} automatic_payment_methods confirm on_behalf_of single_use usage`,
    ({ bank, given }) => createSetup(bank, given),
  ),
  route(
    'GET',
    'setup_intents',
    `${PAGING} attach_to_self created customer customer_account payment_method`,
    ({ bank, given, path }) => page(ofCustomer(bank, bank.books.setupIntents.values(), given), given, path),
  ),
  route('GET', 'setup_intents/{id}', 'client_secret', (call) => setupOf(call)),
  route('POST', 'setup_intents/{id}', SHARED, (call) => {
    const setup = updated(setupOf(call), call.given, ['description', 'payment_method']);
    call.bank.books.setupIntents.set(setup.id, setup);
    return setup;
  }),
  route(
    'POST',
    'setup_intents/{id}/confirm',
    `${CONFIRM} allowed_payment_method_types payment_method payment_method_data payment_method_options`,
    (call) => confirmSetup(call.bank, setupOf(call), call.given),
  ),
  route('POST', 'setup_intents/{id}/cancel', 'cancellation_reason', (call) => cancelSetup(call.bank, setupOf(call))),
];

const setupOf = ({ bank, id }: ApiCall) => find(bank.books.setupIntents, id, 'setupintent', 'intent');
