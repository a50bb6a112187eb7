import { getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Door, openDoor, type Person } from '../../test/door.ts';
import { readShopSettings, storeShopSettings } from '../staff/settings.ts';
import { writeCredit } from './credit-ledger.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { issueInvoice, type NewLine } from './issue-invoice.ts';
import { payFromCredit } from './settle-invoice.ts';
import { voidInvoice } from './void-invoice.ts';

let door: Door;
let carla: Person & { customerId: string };
let owner: Person;

beforeAll(async () => {
  door = await openDoor();
  owner = await door.owner();
  carla = await door.customer('carla@customer.test');
  const settings = await readShopSettings(door.app.db);
  const shop = { shopName: 'Alpen Hosting', shopAddress: 'Straße 1\n1060 Wien', taxId: 'ATU12345678' };
  await storeShopSettings(door.app.db, { ...settings, ...shop }, door.clock.now());
});
afterAll(() => door.close());

const line = (description: string, more: Partial<NewLine> = {}): NewLine => ({
  kind: 'manual',
  cause: { kind: 'staff', id: null },
  description,
  quantity: 1,
  unitMinor: 1250n,
  amountMinor: 1250n,
  ...more,
});

async function invoiceWith(lines: NewLine[], profile: Record<string, string> = {}): Promise<string> {
  const { customerId } = carla;
  if (Object.keys(profile).length > 0)
    await door.app.db.updateTable('customer').set(profile).where('id', '=', customerId).execute();
  const issued = await door.ctx.transaction((tx) => issueInvoice(tx, { customerId, lines }));
  return issued.id;
}

async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
  return Promise.all(
    numbers.map(async (number) => {
      const { items } = await (await document.getPage(number)).getTextContent();
      return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
    }),
  );
}

const textOf = async (invoiceId: string) =>
  (await pagesOf((await invoicePdf(door.ctx, { invoiceId })).bytes)).join('\n');

describe('the PDF of an invoice', () => {
  test('says who asks whom for what, with both tax ids', async () => {
    const invoiceId = await invoiceWith(
      [line('Starter, monthly', { period: { from: '2026-03-01', to: '2026-03-31' }, quantity: 2, amountMinor: 2500n })],
      { firstName: 'Carla', lastName: 'Customer', company: 'Bakery Ltd', country: 'DE', taxId: 'DE123456789' },
    );
    const { fileName } = await invoicePdf(door.ctx, { invoiceId });
    const text = await textOf(invoiceId);
    expect(fileName).toMatch(/^INV-\d{6}\.pdf$/);
    for (const part of ['Alpen Hosting', '1060 Wien', 'ATU12345678', 'Bakery Ltd', 'Carla Customer', 'Germany'])
      expect(text).toContain(part);
    for (const part of ['DE123456789', '1 Mar 2026 – 31 Mar 2026', '€12.50', '€25.00', 'UNPAID', 'Page 1 of 1'])
      expect(text).toContain(part);
  });

  test('keeps names and addresses in any script as text', async () => {
    const written = {
      company: 'Пекарня Ψωμί 面包店',
      city: '서울 東京',
      addressLine1: 'दिल्ली',
      firstName: 'כרמל',
      lastName: 'לוי',
      region: 'القاهرة',
    };
    const text = await textOf(await invoiceWith([line('Łódź ñ ß €')], written));
    for (const part of [written.company, written.city, 'כרמל לוי', written.region, 'Łódź ñ ß €'])
      expect(text).toContain(part);
  });

  test('goes on over pages, with its totals at the end of the last', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => line(`Line ${index + 1}`));
    const { bytes } = await invoicePdf(door.ctx, { invoiceId: await invoiceWith(lines) });
    const pages = await pagesOf(bytes);
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page.includes('Amount due')).toBe(index === pages.length - 1);
    }
  });

  test('shows what was paid, and what is void', async () => {
    const paid = await invoiceWith([line('Paid from credit')]);
    const { customerId } = carla;
    await door.ctx.transaction(async (tx) => {
      const given = { customerId, currency: 'EUR', amountMinor: 1250n, reason: 'Sorry' };
      await writeCredit(tx, { ...given, cause: { kind: 'staff', id: null } });
      await payFromCredit(tx, { invoiceId: paid });
    });
    const text = await textOf(paid);
    for (const part of ['PAID', 'Paid from credit', '-€12.50', 'Paid on', '€12.50 EUR']) expect(text).toContain(part);

    expect(text).not.toContain('Amount due');

    const invoiceId = await invoiceWith([line('Never mind')]);
    await voidInvoice(door.ctx, { invoiceId });
    expect(await textOf(invoiceId)).toContain('VOID');
  });

  test('says what came in beyond what was asked for, and what was given back since', async () => {
    const invoiceId = await invoiceWith([line('Starter')]);
    const money = { amountMinor: 2000, reference: 'By hand' };
    const { body: paid } = await owner.send('POST', `/api/v1/invoices/${invoiceId}/payments`, money);
    const refund = { amountMinor: 500, target: 'credit', reason: 'Sorry' };
    await owner.send('POST', `/api/v1/payments/${paid.payments[0].id}/refunds`, refund);
    const text = await textOf(invoiceId);
    for (const part of ['-€20.00', 'Paid too much, kept as credit', '€7.50', 'Paid on', 'Given back since', '€5.00'])
      expect(text).toContain(part);
  });

  test('is read by staff and its customer, and by nobody else', async () => {
    const invoiceId = await invoiceWith([line('Starter')]);
    const { headers, body } = await carla.get(`/api/v1/portal/invoices/${invoiceId}/pdf`);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="INV-\d{6}\.pdf"$/);
    expect(body.slice(0, 5)).toBe('%PDF-');
    expect(await owner.status('GET', `/api/v1/invoices/${invoiceId}/pdf`)).toBe(200);
    expect(await carla.status('GET', `/api/v1/invoices/${invoiceId}/pdf`)).toBe(403);
    const other = await door.customer('other@customer.test');
    expect(await other.status('GET', `/api/v1/portal/invoices/${invoiceId}/pdf`)).toBe(404);
  });
});
