import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor, type Person } from '../../test/door.ts';

let door: Door;
let owner: Person;
let customerId: string;
let portal: Person;
beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
  const customer = await door.customer();
  ({ customerId } = customer);
  portal = customer;
});
afterAll(() => door.close());

const WORK = { description: 'Moving a shop', quantity: 3, unitMinor: 4_550 };
const add = (body: object, { by = owner, id = customerId, key = '' } = {}) =>
  by.send('POST', `/api/v1/customers/${id}/invoices`, body, key ? { 'idempotency-key': key } : {});
const count = async () => (await owner.get(`/api/v1/invoices?customerId=${customerId}`)).body.total;

test('staff ask for money line by line, and the customer sees the invoice', async () => {
  const billing = await door.staff(owner, 'billing');
  const lines = [WORK, { description: 'Advice, free of charge', unitMinor: 0 }];
  const { status, body } = await add({ lines, dueOn: '2026-03-31' }, { by: billing });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    customerId,
    state: 'unpaid',
    currency: 'EUR',
    totalMinor: 13_650,
    dueMinor: 13_650,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    orderId: null,
    lines: [
      { kind: 'manual', causeKind: 'staff', causeId: null, ...WORK, amountMinor: 13_650, periodFrom: null },
      { description: 'Advice, free of charge', quantity: 1, amountMinor: 0 },
    ],
  });
  expect((await portal.get(`/api/v1/portal/invoices/${body.id}`)).body.number).toBe(body.number);
  const audit = await owner.get(`/api/v1/audit?subjectId=${body.id}`);
  expect(audit.body.items).toMatchObject([
    { action: 'invoice.issued', actor: { kind: 'staff', userId: billing.userId } },
  ]);
});

test('without a day of its own it is due when the shop says', async () => {
  expect((await add({ lines: [WORK] })).body.dueOn).toBe('2026-03-08');
});

test('the same request with the same key is one invoice', async () => {
  const before = await count();
  const answers = [await add({ lines: [WORK] }, { key: 'call-7' }), await add({ lines: [WORK] }, { key: 'call-7' })];
  expect(answers[1]?.body).toEqual(answers[0]?.body);
  expect(await count()).toBe(before + 1);
});

test('what cannot be asked for is refused with the reason, and no number is spent', async () => {
  const before = await count();
  const refused: [object, string, string][] = [
    [{ lines: [] }, 'invalid_request', 'lines'],
    [{ lines: Array.from({ length: 51 }, () => WORK) }, 'invalid_request', 'lines'],
    [{ lines: [{ ...WORK, description: ' ' }] }, 'invalid_request', 'lines.0.description'],
    [{ lines: [{ ...WORK, quantity: 0 }] }, 'invalid_request', 'lines.0.quantity'],
    [{ lines: [{ ...WORK, unitMinor: -1 }] }, 'invalid_request', 'lines.0.unitMinor'],
    [{ lines: [{ ...WORK, unitMinor: 0 }] }, 'amount_out_of_range', 'lines'],
    [{ lines: [{ ...WORK, quantity: 10_000, unitMinor: 1_000_000_000_000 }] }, 'amount_out_of_range', 'lines'],
    [{ lines: [WORK], dueOn: '2026-02-28' }, 'due_in_past', 'dueOn'],
    [{ lines: [WORK], dueOn: '31.3.2026' }, 'invalid_request', 'dueOn'],
  ];
  for (const [body, code, path] of refused) {
    const answer = await add(body);
    expect(answer, path).toMatchObject({ status: 422, body: { code, issues: [{ path }] } });
  }
  const nobody = await add({ lines: [WORK] }, { id: '01960000-0000-7000-8000-000000000000' });
  expect(nobody).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
  expect(await count()).toBe(before);
  const numbers = (await owner.get(`/api/v1/invoices?customerId=${customerId}&sort=number`)).body.items;
  expect((await add({ lines: [WORK] })).body.number).toBe(`INV-${String(numbers.length + 1).padStart(6, '0')}`);
});
