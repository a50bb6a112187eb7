import type { DnsRecord } from '@hostwright/sdk';
import { expect, test } from 'vitest';
import { countEdits, planEdits, type ZoneRecord } from './zone.ts';

const ZONE = 'acme.example';
const record = (line: number, name: string, type: string, ...data: string[]): ZoneRecord => ({
  line,
  name,
  type,
  ttlSeconds: 14400,
  data,
});
const wanted = (name: string, type: DnsRecord['type'], value: string, extras: Partial<DnsRecord> = {}): DnsRecord => ({
  name,
  type,
  value,
  ttlSeconds: 14400,
  ...extras,
});

const STANDING = [
  record(
    3,
    'acme.example.',
    'SOA',
    'ns1.host.example.',
    'ops.host.example.',
    '2026010401',
    '3600',
    '1800',
    '1209600',
    '86400',
  ),
  record(4, 'acme.example.', 'A', '203.0.113.20'),
  record(5, 'acme.example.', 'MX', '0', 'acme.example.'),
  record(6, 'www', 'CNAME', 'acme.example.'),
  record(7, 'acme.example.', 'TXT', 'v=spf1 +a +mx ~all'),
  record(8, 'acme.example.', 'TXT', 'google-site-verification=abc'),
  record(9, 'default._domainkey', 'TXT', 'v=DKIM1; k=rsa; p=MIIB', 'IjAN'),
];
const plan = (...records: DnsRecord[]) => planEdits(ZONE, STANDING, records);

test('records that stand already need no edit, however they are spelt', () => {
  const edits = plan(
    wanted('@', 'A', '203.0.113.20'),
    wanted('WWW', 'CNAME', 'Acme.Example'),
    wanted('@', 'MX', 'acme.example', { priority: 0 }),
    wanted('default._domainkey', 'TXT', 'v=DKIM1; k=rsa; p=MIIBIjAN'),
  );
  expect(countEdits(edits)).toBe(0);
});

test('another value of the same name and type replaces the record on its line', () => {
  expect(plan(wanted('@', 'A', '198.51.100.7'))).toEqual({
    add: [],
    edit: [{ line_index: 4, dname: 'acme.example.', ttl: 14400, record_type: 'A', data: ['198.51.100.7'] }],
    remove: [],
  });
});

test('another time to live is an edit', () => {
  expect(plan(wanted('www', 'CNAME', 'acme.example', { ttlSeconds: 60 })).edit).toMatchObject([
    { line_index: 6, ttl: 60 },
  ]);
});

test('two wanted mail servers take the place of one, and one of two', () => {
  const two = plan(
    wanted('@', 'MX', 'mx1.example.net', { priority: 10 }),
    wanted('@', 'MX', 'mx2.example.net', { priority: 20 }),
  );
  expect(two).toMatchObject({ add: [{ data: ['20', 'mx2.example.net.'] }], edit: [{ line_index: 5 }], remove: [] });

  const standing = [
    record(3, 'acme.example.', 'MX', '10', 'mx1.example.net.'),
    record(4, 'acme.example.', 'MX', '20', 'mx2.example.net.'),
  ];
  const one = planEdits(ZONE, standing, [wanted('@', 'MX', 'mx2.example.net', { priority: 20 })]);
  expect(one).toEqual({ add: [], edit: [], remove: [3] });
});

test('SPF replaces SPF and leaves other texts of the name alone', () => {
  expect(plan(wanted('@', 'TXT', 'v=spf1 mx -all'))).toMatchObject({ add: [], edit: [{ line_index: 7 }], remove: [] });
});

test('a text without a purpose we know is only added', () => {
  expect(plan(wanted('@', 'TXT', 'MS=ms123'))).toMatchObject({ add: [{ data: ['MS=ms123'] }], edit: [], remove: [] });
});

test('an address takes the place of an alias, which cannot stand beside it', () => {
  expect(plan(wanted('www', 'A', '198.51.100.7'))).toMatchObject({ add: [{ dname: 'www' }], edit: [], remove: [6] });
});

test('a long text is split into pieces of 255 octets at most, between characters', () => {
  const text = `v=DKIM1; p=${'é'.repeat(200)}`;
  const [entry] = plan(wanted('s1._domainkey', 'TXT', text)).add;
  expect(entry?.data.join('')).toBe(text);
  expect(entry?.data.map((piece) => Buffer.byteLength(piece) <= 255)).toEqual([true, true]);
});

test('the same record wanted twice is written once', () => {
  expect(plan(wanted('app', 'A', '198.51.100.7'), wanted('app', 'A', '198.51.100.7')).add).toHaveLength(1);
});

test('IPv6 addresses are compared by value', () => {
  const standing = [record(3, 'acme.example.', 'AAAA', '2001:0db8:0000::0017')];
  expect(countEdits(planEdits(ZONE, standing, [wanted('@', 'AAAA', '2001:db8::17')]))).toBe(0);
});
