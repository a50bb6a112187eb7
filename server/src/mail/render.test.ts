import { expect, test } from 'vitest';
import type { MailTemplate } from '../kit/outbox.ts';
import { checkTemplate } from './check-template.ts';
import { forStaff } from './for-staff.ts';
import { renderMail, type Shop } from './render.ts';
import { defaultTemplate } from './template.ts';
import { TEMPLATE_KEYS } from './template-key.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';

const shop: Shop = {
  name: 'Shop & Sons',
  addressLines: ['Street 1', 'Vienna'],
  supportEmail: 'help@shop.test',
  url: 'http://shop.test',
};
const EVIL = '<img src=x onerror=alert(1)>';

const full = (key: MailTemplate) => TEMPLATE_SAMPLES[key].samples[0];
/** The sample as somebody would fill it in who means harm; links are our own. */
const evil = (value: unknown): unknown => {
  if (typeof value === 'string') return value.startsWith('https://') ? value : EVIL;
  if (Array.isArray(value)) return value.map(evil);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, evil(inner)]));
};

test.each(TEMPLATE_KEYS)('%s can be used for every one of its samples', (key) => {
  expect(() => checkTemplate(key, defaultTemplate(key), shop)).not.toThrow();
});

test.each(TEMPLATE_KEYS)('%s is rendered in HTML and text, and nothing from outside becomes markup', (key) => {
  const mail = renderMail(defaultTemplate(key), evil(full(key)) as Record<string, unknown>, shop);
  expect(mail.html).not.toContain(EVIL);
  expect(mail.html).toContain('&lt;img src=x');
  expect(mail.html).toContain('Shop &amp; Sons');
  expect(mail.html).toContain('<h1>');
  expect(mail.text).toContain('Shop & Sons\nStreet 1\nVienna');
  expect(mail.text).not.toMatch(/&lt;|<p>|<h1>|\{\{|\n{3}/);
  expect(`${mail.html}${mail.text}`).not.toContain('test of the template');
  expect(mail.subject).not.toBe('');
  expect(mail.subject).not.toContain('\n');
});

test.each(TEMPLATE_KEYS)('%s shows staff neither passwords nor keys of links', (key) => {
  const { subject, html, text } = renderMail(defaultTemplate(key), forStaff(full(key)), shop);
  expect(`${subject}${html}${text}`).not.toMatch(/sample-(\w+-)?password|sample-token/);
});

test('staff see that there was a password, and where a link led', () => {
  expect(renderMail(defaultTemplate('welcome'), forStaff(full('welcome')), shop).text).toContain('Password: •••');
  expect(renderMail(defaultTemplate('reset_password'), forStaff(full('reset_password')), shop).text).toContain(
    'https://shop.example/reset-password?token=•••',
  );
});

test('a welcome without mailbox, database, nameservers and password has no empty headings', () => {
  const bare = TEMPLATE_SAMPLES.welcome.samples[1] ?? {};
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

test('a notice of ours stands above the mail, and only when there is one', () => {
  const source = { subject: 'S', html: '<p>H</p>', text: 'T' };
  const marked = renderMail(source, {}, shop, 'Only a <test>');
  expect(marked.html).toContain('Only a &lt;test&gt;');
  expect(marked.text).toMatch(/^\*\*\* Only a <test> \*\*\*\n\nT\n/);
  expect(renderMail(source, {}, shop).text).toMatch(/^T\n/);
});
