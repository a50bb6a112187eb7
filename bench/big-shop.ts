/** A database as large as a busy host's after some years, made in SQL: nobody has time to buy 200,000 services. */
import { sql } from 'kysely';
import type { Db } from '../server/src/kit/db.ts';

export interface Size {
  customers: number;
  services: number;
  invoices: number;
}

/** Fill an empty, migrated database; every table a list reads has as many rows as such a shop's would. */
export async function fillBigShop(db: Db, size: Size): Promise<void> {
  const orders = Math.min(size.services, size.invoices) / 2;
  for (const statement of statements({ ...size, orders })) await sql.raw(statement).execute(db);
  await sql`vacuum (analyze)`.execute(db);
}

/** Ids in order of time, as the application's are, and the same in every run. */
const id = (table: number, number: string) =>
  `(lpad(to_hex(1700000000000 + ${number}), 12, '0') || lpad('7', 4, '7') || '8' || lpad(to_hex(${table}), 3, '0') || lpad(to_hex(${number}), 12, '0'))::uuid`;
const at = (number: string) => `timestamptz '2023-11-14 22:13:20Z' + (${number}) * interval '2 minutes'`;
const pick = (words: string[], number: string) =>
  `(array['${words.join("','")}'])[1 + (hashint8(${number}) & 1073741823) % ${words.length}]`;

const FIRST = ['Anna', 'Ben', 'Carla', 'David', 'Elif', 'Frank', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Karin', 'Liam'];
const LAST = [
  'Bauer',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Horvat',
  'Ivanov',
  'Jansen',
  'Kowalski',
  'Moretti',
  'Novak',
  'Okafor',
  'Smith',
  'Tanaka',
];
const TRADE = [
  'Bakery',
  'Garage',
  'Studio',
  'Travel',
  'Dental',
  'Books',
  'Garden',
  'Music',
  'Legal',
  'Coffee',
  'Yoga',
  'Solar',
];
const TLD = ['com', 'net', 'org', 'de', 'at', 'io', 'shop'];

const domain = (n: string) =>
  `lower(${pick(TRADE, `${n} * 7`)} || '-' || ${pick(LAST, `${n} * 3`)}) || ${n} || '.' || ${pick(TLD, n)}`;

function statements({ customers, services, invoices, orders }: Size & { orders: number }): string[] {
  const rows = (count: number) => `generate_series(1::bigint, ${count}) n`;
  const customerOf = (n: string) => id(1, `1 + (${n} * 7919) % ${customers}`);
  const actor = `'{"kind":"system","name":"bench"}'`;
  const group = id(90, '1');
  const product = id(91, '1');
  return [
    `insert into server_group (id, name, strategy, created_at, updated_at) values (${group}, 'Shelves', 'least_loaded', now(), now())`,
    `insert into server (id, server_group_id, name, module_id, hostname, port, tls_mode, settings, sealed_secrets, created_at, updated_at)
       select ${id(92, 'n')}, ${group}, 'whm' || n, 'cpanel', 'whm' || n || '.host.test', 2087, 'verify', '{}', '{}', now(), now() from ${rows(40)}`,
    `insert into product_group (id, slug, name, created_at, updated_at) values (${id(93, '1')}, 'hosting', 'Hosting', now(), now())`,
    `insert into product (id, product_group_id, slug, name, module_id, server_group_id, created_at, updated_at)
       values (${product}, ${id(93, '1')}, 'starter', 'Starter', 'cpanel', ${group}, now(), now())`,
    `insert into customer (id, email, first_name, last_name, company, city, currency, created_at, updated_at)
       select ${id(1, 'n')}, lower(${pick(FIRST, 'n')} || '.' || ${pick(LAST, 'n * 5')}) || n || '@' || ${pick(['gmail.test', 'mail.test', 'host.test'], 'n')},
         ${pick(FIRST, 'n')}, ${pick(LAST, 'n * 5')}, case when n % 3 = 0 then ${pick(TRADE, 'n * 11')} || ' ' || ${pick(LAST, 'n * 13')} || ' Ltd' else '' end,
         'Wien', 'EUR', ${at('n')}, now() from ${rows(customers)}`,
    `insert into invoice (id, number, customer_id, state, currency, total_minor, paid_minor, bill_to, issued_on, due_on, correlation_id, created_at, paid_at, voided_at)
       select ${id(2, 'n')}, 'INV-' || lpad(n::text, 6, '0'), ${customerOf('n')}, state, 'EUR', 500 + n % 5000, case state when 'paid' then 500 + n % 5000 else 0 end, '{}',
         (${at('n')})::date, (${at('n')})::date + 7, ${id(2, 'n')}, ${at('n')}, case state when 'paid' then ${at('n')} end, case state when 'void' then ${at('n')} end
       from ${rows(invoices)}, lateral (select case when n % 50 = 0 then 'void' when n % 37 = 0 then 'unpaid' else 'paid' end as state) s`,
    `insert into payment (id, number, invoice_id, customer_id, gateway_id, state, currency, amount_minor, reference, idempotency_key, actor, correlation_id, created_at, settled_at)
       select ${id(3, 'n')}, 'REC-' || lpad(n::text, 6, '0'), ${id(2, 'n')}, ${customerOf('n')}, 'stripe', case when n % 40 = 0 then 'declined' else 'settled' end, 'EUR', 500 + n % 5000,
         'pi_' || md5(n::text), 'bench:' || n, ${actor}, ${id(2, 'n')}, ${at('n')}, ${at('n')} from ${rows(invoices)}`,
    `insert into "order" (id, customer_id, state, currency, total_minor, invoice_id, actor, correlation_id, placed_at)
       select ${id(4, 'n')}, ${customerOf('n')}, case when n % 30 = 0 then 'cancelled' else 'active' end, 'EUR', 500 + n % 5000, ${id(2, 'n')}, ${actor}, ${id(2, 'n')}, ${at('n')} from ${rows(orders)}`,
    `insert into service (id, customer_id, order_id, product_id, state, domain, server_id, username, cycle, currency, recurring_minor, next_due_on, created_at, activated_at, updated_at)
       select ${id(5, 'n')}, ${customerOf(`1 + n % ${orders}`)}, ${id(4, `1 + n % ${orders}`)}, ${product}, case when n % 6 = 0 then 'terminated' else 'active' end, ${domain('n')},
         ${id(92, '1 + n % 40')}, substr(${pick(TRADE, 'n * 7')}, 1, 4) || to_hex(n), 'monthly', 'EUR', 500 + n % 5000, date '2026-01-01' + (n % 28)::int, ${at('n')}, ${at('n')}, now() from ${rows(services)}`,
    `insert into operation (id, service_id, action, state, idempotency_key, server_id, max_attempts, error_kind, error_code, error_message, actor, correlation_id, created_at, finished_at)
       select ${id(6, 'n')}, ${id(5, `1 + n % ${services}`)}, case when n <= ${services} then 'create' else 'suspend' end, case when n % 200 = 0 then 'failed' else 'done' end, 'bench:' || n, ${id(92, '1 + n % 40')}, 5,
         case when n % 200 = 0 then 'refused' end, case when n % 200 = 0 then 'domain_taken' end, case when n % 200 = 0 then 'The panel has ' || ${domain('n')} || ' already.' end, ${actor}, ${id(2, 'n')}, ${at('n')}, ${at('n')}
       from ${rows(services * 2)}`,
    `insert into mail (id, template, customer_id, to_address, subject, sealed_body, state, idempotency_key, correlation_id, created_at, sent_at)
       select ${id(7, 'n')}, 'invoice', c.id, c.email, 'Your invoice INV-' || lpad(n::text, 6, '0'), 'sealed', case when n % 500 = 0 then 'failed' else 'sent' end, 'bench:' || n, ${id(2, 'n')}, ${at('n')}, ${at('n')}
       from ${rows(invoices)} join customer c on c.number = 1 + (n * 7919) % ${customers}`,
    `insert into provisioning_log (id, server_id, service_id, operation_id, correlation_id, label, method, url, request, status, outcome, error, duration_ms, created_at)
       select ${id(8, 'n')}, ${id(92, '1 + n % 40')}, ${id(5, `1 + n % ${services}`)}, ${id(6, `1 + n % ${services}`)}, ${id(2, 'n')}, ${pick(['createacct', 'suspendacct', 'accountsummary', 'listpkgs'], 'n')}, 'GET',
         'https://whm' || (1 + n % 40) || '.host.test:2087/json-api/createacct?api.version=1&domain=' || ${domain('n')}, 'GET', 200, case when n % 100 = 0 then 'refused' else 'ok' end,
         case when n % 100 = 0 then 'The panel has ' || ${domain('n')} || ' already.' end, 120, ${at('n')} from ${rows(invoices)}`,
    `insert into audit (action, subject_kind, subject_id, actor, correlation_id, created_at)
       select ${pick(['invoice.paid', 'service.active', 'operation.done', 'payment.settled', 'customer.changed', 'service.suspended'], 'n')}, 'invoice', ${id(2, 'n')}, ${actor}, ${id(2, 'n')}, ${at('n')} from ${rows(invoices)}`,
  ];
}
