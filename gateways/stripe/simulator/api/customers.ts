import { type Bank, detach } from '../banking.ts';
import { find, newId, page } from '../books.ts';
import { type Form, marksIn, textOf } from '../form.ts';
import type { Customer } from '../objects.ts';
import { invalidRequest } from '../stripe-error.ts';
import { PAGING, routesFor, updated } from './route.ts';

const route = routesFor('customer');
const FIELDS =
  'address balance business_name cash_balance description email individual_name invoice_prefix invoice_settings metadata name next_invoice_sequence phone preferred_locales shipping source tax tax_exempt validate';

export const CUSTOMERS = [
  route('POST', 'customers', `${FIELDS} payment_method tax_id_data test_clock`, ({ bank, given }) =>
    createCustomer(bank, given),
  ),
  route('GET', 'customers', `${PAGING} created email test_clock`, ({ bank, given, path }) => {
    const email = textOf(given.email);
    const rows = [...bank.books.customers.values()].filter((row) => email === undefined || row.email === email);
    return page(rows, given, path);
  }),
  route('GET', 'customers/{id}', '', ({ bank, id }) =>
    bank.books.hidden.get(id)?.deleted ? deleted(id) : find(bank.books.customers, id, 'customer'),
  ),
  route('POST', 'customers/{id}', `${FIELDS} default_source`, ({ bank, id, given }) => {
    checkEmail(given);
    const customer = updated(find(bank.books.customers, id, 'customer'), given, [
      'email',
      'name',
      'description',
      'phone',
    ]);
    bank.books.customers.set(id, customer);
    bank.emit('customer.updated', customer);
    return customer;
  }),
  route('DELETE', 'customers/{id}', '', ({ bank, id }) => {
    const customer = find(bank.books.customers, id, 'customer');
    for (const method of [...bank.books.methods.values()]) if (method.customer === id) detach(bank, method);
    bank.books.customers.delete(id);
    bank.books.hidden.set(id, { deleted: true });
    bank.emit('customer.deleted', customer);
    return deleted(id);
  }),
  routesFor('payment_method')(
    'GET',
    'customers/{id}/payment_methods',
    `${PAGING} allow_redisplay type`,
    ({ bank, id, given, path }) => {
      find(bank.books.customers, id, 'customer', 'customer');
      return page(methodsOf(bank, id, given), given, path);
    },
  ),
  routesFor('payment_method')('GET', 'customers/{id}/payment_methods/{id}', '', ({ bank, id, below }) => {
    const own = methodsOf(bank, id, {}).map((method): [string, typeof method] => [method.id, method]);
    return find(new Map(own), below, 'PaymentMethod');
  }),
];

export const methodsOf = ({ books }: Bank, customerId: string, given: Form) => {
  const type = textOf(given.type);
  return [...books.methods.values()].filter(
    (method) => method.customer === customerId && (type === undefined || method.type === type),
  );
};

const deleted = (id: string) => ({ id, object: 'customer', deleted: true });

function createCustomer({ books, now, emit }: Bank, given: Form): Customer {
  checkEmail(given);
  const customer: Customer = {
    id: newId('cus'),
    object: 'customer',
    created: now(),
    livemode: false,
    metadata: marksIn(given.metadata),
    address: null,
    email: textOf(given.email) ?? null,
    name: textOf(given.name) ?? null,
    description: textOf(given.description) ?? null,
    phone: textOf(given.phone) ?? null,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
  };
  books.customers.set(customer.id, customer);
  emit('customer.created', customer);
  return customer;
}

const LONGEST = { email: 512, name: 256 };

function checkEmail(given: Form): void {
  for (const [param, most] of Object.entries(LONGEST)) {
    if ((textOf(given[param]) ?? '').length > most) {
      throw invalidRequest(`Invalid string: must be at most ${most} characters`, { param });
    }
  }
  const email = textOf(given.email);
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email)) {
    throw invalidRequest(`Invalid email address: ${email}`, { code: 'email_invalid', param: 'email' });
  }
}
