import { attach, detach, keepMethod, methodOf } from '../banking.ts';
import { find, page } from '../books.ts';
import { formOf, textOf } from '../form.ts';
import { required } from '../stripe-error.ts';
import { methodsOf } from './customers.ts';
import { PAGING, routesFor, updated } from './route.ts';

const route = routesFor('payment_method');

export const PAYMENT_METHODS = [
  route('POST', 'payment_methods', 'type card billing_details allow_redisplay metadata', ({ bank, given }) => {
    if (textOf(given.type) === undefined) throw required('type');
    const card = formOf(given.card);
    const number = textOf(card.number);
    if (number === undefined) throw required('card[number]');
    const expiry = { expMonth: Number(textOf(card.exp_month)), expYear: Number(textOf(card.exp_year)) };
    const billing = formOf(given.billing_details);
    const who = { name: textOf(billing.name) ?? null, email: textOf(billing.email) ?? null };
    return keepMethod(bank, { number, ...expiry, ...who });
  }),
  route(
    'GET',
    'payment_methods',
    `${PAGING} allow_redisplay customer customer_account type`,
    ({ bank, given, path }) => {
      const customer = textOf(given.customer);
      if (customer !== undefined) find(bank.books.customers, customer, 'customer', 'customer');
      return page(customer === undefined ? [] : methodsOf(bank, customer, given), given, path);
    },
  ),
  route('GET', 'payment_methods/{id}', '', ({ bank, id }) =>
    find(bank.books.methods, id, 'PaymentMethod', 'payment_method'),
  ),
  route('POST', 'payment_methods/{id}', 'allow_redisplay billing_details card metadata', ({ bank, id, given }) => {
    const before = find(bank.books.methods, id, 'PaymentMethod', 'payment_method');
    const card = formOf(given.card);
    const expiry = {
      exp_month: Number(textOf(card.exp_month) ?? before.card.exp_month),
      exp_year: Number(textOf(card.exp_year) ?? before.card.exp_year),
    };
    const method = { ...updated(before, given, []), card: { ...before.card, ...expiry } };
    bank.books.methods.set(id, method);
    bank.emit('payment_method.updated', method);
    return method;
  }),
  route('POST', 'payment_methods/{id}/attach', 'customer customer_account', ({ bank, id, given }) => {
    const customerId = textOf(given.customer);
    if (customerId === undefined) throw required('customer');
    const customer = find(bank.books.customers, customerId, 'customer', 'customer');
    return attach(bank, methodOf(bank, id), customer, { setUp: false });
  }),
  route('POST', 'payment_methods/{id}/detach', '', ({ bank, id }) =>
    detach(bank, find(bank.books.methods, id, 'PaymentMethod', 'payment_method')),
  ),
];
