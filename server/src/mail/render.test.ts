import { expect, test } from 'vitest';
import type { MailTemplate } from '../kit/outbox.ts';
import { forStaff } from './for-staff.ts';
import { renderMail, type Shop } from './render.ts';
import { defaultTemplate } from './template.ts';

const shop: Shop = {
  name: 'Shop & Sons',
  addressLines: ['Street 1', 'Vienna'],
  supportEmail: 'help@shop.test',
  url: 'http://shop.test',
};
const EVIL = '<img src=x onerror=alert(1)>';

const person = { name: EVIL, firstName: EVIL };
const service = {
  ...person,
  product: EVIL,
  domain: 'example.com',
  overdue: true,
  reason: EVIL,
  url: 'http://shop.test/s',
};
const link = { name: EVIL, url: 'http://shop.test/reset-password?token=verysecrettoken&from=mail', hours: 2 };
const DATA: Record<MailTemplate, Record<string, unknown>> = {
  welcome: {
    ...service,
    serviceId: '1',
    username: 'ada',
    password: 'account-pass-1',
    ipAddress: '192.0.2.1',
    serverHostname: 'whm1.test',
    nameservers: ['ns1.test', 'ns2.test'],
    mailbox: { address: 'info@example.com', password: 'mailbox-pass-2' },
    database: { name: 'ada_main', user: 'ada_main', host: 'localhost', password: 'database-pass-3' },
  },
  login_details: {
    ...service,
    serviceId: '1',
    mailbox: { address: 'info@example.com', password: 'mailbox-pass-2' },
    database: { name: 'ada_main', user: 'ada_main', host: 'localhost', password: 'database-pass-3' },
  },
  invoice: {
    ...person,
    number: 'INV-1',
    dueOn: '1 May 2026',
    lines: [{ description: EVIL, amount: '€5.00' }],
    total: '€5.00',
    paid: null,
    owed: '€5.00',
    url: 'http://shop.test/i',
  },
  receipt: {
    ...person,
    number: 'R-1',
    invoiceNumber: 'INV-1',
    amount: '€5.00',
    receivedOn: '1 May 2026',
    method: 'Card',
    owed: null,
    url: 'http://shop.test/i',
  },
  confirm_email: link,
  reset_password: link,
  staff_alert: { message: EVIL, whatToDo: EVIL, url: 'http://shop.test/a' },
  suspended: service,
  unsuspended: service,
  terminated: service,
  payment_declined: { ...person, amount: '€5.00', invoiceNumber: 'INV-1', message: EVIL, url: 'http://shop.test/i' },
};
const KEYS = Object.keys(DATA) as MailTemplate[];

test.each(KEYS)('%s is rendered in HTML and text, and nothing from outside becomes markup', (key) => {
  const mail = renderMail(defaultTemplate(key), DATA[key], shop);
  expect(mail.html).not.toContain(EVIL);
  expect(mail.html).toContain('&lt;img src=x');
  expect(mail.html).toContain('Shop &amp; Sons');
  expect(mail.html).toContain('<h1>');
  expect(mail.text).toContain('Shop & Sons\nStreet 1\nVienna');
  expect(mail.text).not.toMatch(/&lt;|<p>|<h1>|\{\{|\n{3}/);
  expect(mail.subject).not.toBe('');
  expect(mail.subject).not.toContain('\n');
});

test.each(KEYS)('%s shows staff neither passwords nor keys of links', (key) => {
  const { subject, html, text } = renderMail(defaultTemplate(key), forStaff(DATA[key]), shop);
  expect(`${subject}${html}${text}`).not.toMatch(/account-pass-1|mailbox-pass-2|database-pass-3|verysecrettoken/);
});

test('staff see that there was a password, and where a link led', () => {
  expect(renderMail(defaultTemplate('welcome'), forStaff(DATA.welcome), shop).text).toContain('Password: •••');
  expect(renderMail(defaultTemplate('reset_password'), forStaff(link), shop).text).toContain(
    'http://shop.test/reset-password?token=•••&from=mail',
  );
});

test('a welcome without mailbox, database, nameservers and password has no empty headings', () => {
  const bare = {
    ...DATA.welcome,
    password: undefined,
    mailbox: null,
    database: null,
    nameservers: [],
    ipAddress: null,
  };
  const { text, html } = renderMail(defaultTemplate('welcome'), bare, shop);
  expect(text).not.toMatch(/MAILBOX|DATABASE|NAMESERVERS|Password/);
  expect(html).not.toMatch(/mailbox|database|Nameserver|Password/);
});

test.each([
  ['a name that is not there', 'Hello {{ nobody }}', /nobody/],
  ['a filter that is not there', '{{ name | explode }}', /explode/],
  ['a file', "{% include '../../../package.json' %}", /package\.json/],
  ['something that is no Liquid', '{% if name %}', /if name/],
])('%s in a template is an error that says so', (_, html, said) => {
  expect(() => renderMail({ subject: 'S', html, text: 'T' }, { name: 'Ada' }, shop)).toThrow(said);
});

test('a template cannot reach beyond its data', () => {
  const source = { subject: 'S', html: '{{ name.constructor.name }}', text: 'T' };
  expect(() => renderMail(source, { name: { first: 'Ada' } }, shop)).toThrow(/constructor/);
});

test('a template that does not end is stopped', () => {
  const text = '{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}';
  expect(() => renderMail({ subject: 'S', html: 'H', text }, {}, shop)).toThrow(/limit/);
});
