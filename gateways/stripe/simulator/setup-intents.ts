/** Keeping a card for later without a page: as integrations with a form of their own do. */
import { attach, type Bank, methodOf, paymentError } from './banking.ts';
import { find, newId } from './books.ts';
import { type Form, marksIn, textOf } from './form.ts';
import type { SetupIntent } from './objects.ts';
import { invalidRequest, StripeFailure } from './stripe-error.ts';
import { cardOf, NOT_AUTHENTICATED } from './test-cards.ts';

export function makeSetupIntent(
  bank: Bank,
  wanted: Partial<Pick<SetupIntent, 'customer' | 'description' | 'metadata' | 'payment_method' | 'usage'>>,
): SetupIntent {
  const id = newId('seti');
  const intent: SetupIntent = {
    id,
    object: 'setup_intent',
    created: bank.now(),
    livemode: false,
    metadata: {},
    client_secret: `${id}_secret_${newId('x').slice(2)}`,
    customer: null,
    description: null,
    last_setup_error: null,
    next_action: null,
    payment_method: null,
    payment_method_types: ['card'],
    status: wanted.payment_method ? 'requires_confirmation' : 'requires_payment_method',
    usage: 'off_session',
    ...wanted,
  };
  bank.books.setupIntents.set(id, intent);
  bank.emit('setup_intent.created', intent);
  return intent;
}

export function createSetup(bank: Bank, body: Form): SetupIntent {
  const customer = textOf(body.customer) ?? null;
  if (customer !== null) find(bank.books.customers, customer, 'customer', 'customer');
  const method = textOf(body.payment_method);
  const made = makeSetupIntent(bank, {
    customer,
    description: textOf(body.description) ?? null,
    metadata: marksIn(body.metadata),
    payment_method: method === undefined ? null : methodOf(bank, method).id,
    usage: textOf(body.usage) === 'on_session' ? 'on_session' : 'off_session',
  });
  return body.confirm === 'true' ? confirmSetup(bank, made, {}) : made;
}

export function confirmSetup(bank: Bank, intent: SetupIntent, body: Form): SetupIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpected(intent, 'confirm');
  const wanted = textOf(body.payment_method) ?? intent.payment_method;
  if (wanted === null) {
    throw invalidRequest('You cannot confirm this SetupIntent because it is missing a payment method.', {
      code: 'setup_intent_unexpected_state',
    });
  }
  const method = methodOf(bank, wanted);
  const card = cardOf(bank.books.hidden.get(method.id)?.number ?? '');
  if (card.authentication !== 'never') {
    const url = `${bank.pages}/3d-secure/${intent.id}`;
    const return_url = textOf(body.return_url) ?? null;
    bank.books.hidden.set(intent.id, { paymentMethod: method.id, returnUrl: return_url ?? '' });
    return save(bank, {
      ...intent,
      status: 'requires_action',
      payment_method: method.id,
      next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url } },
    });
  }
  return keep(bank, intent, method.id);
}

/** The customer answered the bank about a card that is kept without a page. @returns where they are sent back to */
export function answerSetup(bank: Bank, intent: SetupIntent, confirmed: boolean): string {
  const { paymentMethod = '', returnUrl = '' } = bank.books.hidden.get(intent.id) ?? {};
  if (intent.status === 'requires_action') {
    if (confirmed) keep(bank, intent, paymentMethod);
    else {
      const failed = save(bank, {
        ...intent,
        status: 'requires_payment_method',
        payment_method: null,
        next_action: null,
        last_setup_error: paymentError({ ...NOT_AUTHENTICATED, code: 'setup_intent_authentication_failure' }),
      });
      bank.emit('setup_intent.setup_failed', failed);
    }
  }
  const back = new URL(returnUrl);
  back.searchParams.set('setup_intent', intent.id);
  return back.href;
}

function keep(bank: Bank, intent: SetupIntent, methodId: string): SetupIntent {
  const method = find(bank.books.methods, methodId, 'PaymentMethod');
  try {
    if (intent.customer !== null) {
      attach(bank, method, find(bank.books.customers, intent.customer, 'customer'), { setUp: true });
    }
  } catch (error) {
    if (error instanceof StripeFailure && error.status === 402) {
      const failed = save(bank, {
        ...intent,
        status: 'requires_payment_method',
        payment_method: null,
        next_action: null,
      });
      bank.emit('setup_intent.setup_failed', failed);
    }
    throw error;
  }
  const done = save(bank, { ...intent, status: 'succeeded', payment_method: methodId, next_action: null });
  bank.emit('setup_intent.succeeded', done);
  return done;
}

export function cancelSetup(bank: Bank, intent: SetupIntent): SetupIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpected(intent, 'cancel');
  const canceled = save(bank, { ...intent, status: 'canceled', next_action: null });
  bank.emit('setup_intent.canceled', canceled);
  return canceled;
}

function save(bank: Bank, intent: SetupIntent): SetupIntent {
  bank.books.setupIntents.set(intent.id, intent);
  return intent;
}

const unexpected = (intent: SetupIntent, verb: string) =>
  invalidRequest(`You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`, {
    code: 'setup_intent_unexpected_state',
  });
