import { expect, test } from 'vitest';
import { Invalid } from '../kit/errors.ts';
import { checkTemplate } from './check-template.ts';
import type { Shop } from './render.ts';
import { namesOf } from './template-names.ts';

const shop: Shop = {
  name: 'Shop',
  addressLines: ['Street 1'],
  supportEmail: 'help@shop.test',
  url: 'http://shop.test',
};
const SOURCE = { subject: 'S', html: '<p>H</p>', text: 'T' };

function refusalOf(part: Partial<typeof SOURCE>): Invalid {
  try {
    checkTemplate('welcome', { ...SOURCE, ...part }, shop);
  } catch (error) {
    if (error instanceof Invalid) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test.each([
  ['a name that is not there', 'Hello\n{{ nickname }}', 'line 2, column 4: this mail has no “nickname”'],
  [
    'one that no sample comes by',
    '{% if domain == "x" %}\n\n{{ mailbox.colour }}{% endif %}x',
    'line 3, column 4: this mail has no “mailbox.colour”',
  ],
  ['one in a condition only', '{% if vip %}VIP{% endif %}x', 'line 1, column 7: this mail has no “vip”'],
  [
    'one that is not in every mail',
    'Hello {{ password }}',
    'line 1, column 10: “password” is not in every mail; write {% if password %}{{ password }}{% endif %}',
  ],
  ['a filter that is not there', '{{ domain | explode }}', 'line 1, column 1: there is no filter “explode”'],
  ['a tag that is not there', 'a\n b {% fi %}', 'line 2, column 4: there is no tag “fi”'],
  ['a condition without end', '{% if domain %}', 'line 1, column 1: tag {% if domain %} not closed'],
  ['an output without end', 'x {{ domain', 'line 1, column 3: output "{{ domain" not closed'],
  ['another file', "{% include 'secrets' %}", 'line 1, column 1: a template cannot bring in other files'],
  [
    'a loop without end',
    '{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}',
    expect.stringContaining('it takes too long or grows too large'),
  ],
  ['nothing in some mails', '{% if password %}{{ password }}{% endif %}', expect.stringContaining('nothing is left')],
])('%s is told with its place', (_, html, message) => {
  const refusal = refusalOf({ html });
  expect(refusal.code).toBe('bad_mail_template');
  expect(refusal.issues).toEqual([{ path: 'html', message }]);
});

test('every part that is wrong is told, and where', () => {
  const refusal = refusalOf({ subject: '{{ a }}', text: 'x\n{{ b }}' });
  expect(refusal.issues.map(({ path }) => path)).toEqual(['subject', 'text']);
  expect(refusal.details.places).toEqual({ subject: { line: 1, column: 4 }, text: { line: 2, column: 4 } });
});

test('names that a template makes for itself, and those of lists, are its own affair', () => {
  const html =
    '{% assign site = domain | upcase %}{{ site }}{% for ns in nameservers %}{{ forloop.index }} {{ ns }}{% endfor %}{{ nameservers.size }}{{ shop.addressLines[0] }}';
  expect(() => checkTemplate('welcome', { ...SOURCE, html }, shop)).not.toThrow();
});

test('every name is told with an example and a way to write it that works', () => {
  const names = namesOf('invoice', shop);
  expect(names).toContainEqual({ name: 'number', example: 'SAMPLE-1001', sometimes: false, usage: '{{ number }}' });
  expect(names).toContainEqual({
    name: 'paid',
    example: '$5.00',
    sometimes: true,
    usage: '{% if paid %}{{ paid }}{% endif %}',
  });
  expect(names.find(({ name }) => name === 'lines')?.usage).toBe(
    '{% for line in lines %}{{ line.description }} {{ line.amount }} {% endfor %}',
  );
  const everything = namesOf('welcome', shop).map(({ usage }) => usage);
  expect(() => checkTemplate('welcome', { ...SOURCE, text: everything.join('\n') }, shop)).not.toThrow();
});
