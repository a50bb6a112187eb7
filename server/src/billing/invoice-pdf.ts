import PDFDocument from 'pdfkit';
import { dayOf } from '../kit/calendar.ts';
import type { Context } from '../kit/context.ts';
import { readShopSettings } from '../staff/settings.ts';
import { drawInvoice, type PrintedInvoice } from './pdf/draw-invoice.ts';
import { MARGIN } from './pdf/paper.ts';
import { typesetter } from './pdf/typesetter.ts';
import { presentInvoice } from './present.ts';

export interface InvoicePdf {
  /** `INV-000042.pdf` */
  fileName: string;
  bytes: Buffer<ArrayBuffer>;
}

/**
 * An invoice to keep: seller and customer with their tax ids, lines, payments and what is due, as it stands now.
 *
 * @param input.customerId whose it must be; left out for staff
 * @throws NotFound, also for somebody else's
 */
export async function invoicePdf(
  ctx: Context,
  input: { invoiceId: string; customerId?: string | undefined },
): Promise<InvoicePdf> {
  const invoice = await presentInvoice(ctx, input);
  const { supportEmail, timeZone } = await readShopSettings(ctx.db);
  const settled = invoice.payments.filter(({ state }) => state === 'settled');
  const sum = (amounts: bigint[]) => amounts.reduce((total, minor) => total + minor, 0n);
  const printed: PrintedInvoice = {
    ...invoice,
    paidOn: invoice.paidAt && dayOf(invoice.paidAt, timeZone),
    seller: { ...invoice.seller, email: supportEmail },
    payments: settled.map(({ gatewayName, ...payment }) => ({ ...payment, name: gatewayName })),
    creditMinor: invoice.creditAppliedMinor,
    overMinor: sum(settled.map(({ amountMinor }) => amountMinor)) + invoice.creditAppliedMinor - invoice.paidMinor,
    refundedMinor: sum(settled.map(({ refundedMinor }) => refundedMinor)),
  };
  return { fileName: `${invoice.number}.pdf`, bytes: await print(printed, ctx.clock.now()) };
}

function print(invoice: PrintedInvoice, at: Date): Promise<Buffer<ArrayBuffer>> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'en',
    info: { Title: `Invoice ${invoice.number}`, Author: invoice.seller.name, CreationDate: at, ModDate: at },
  });
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
    drawInvoice(doc, typesetter(doc), invoice);
    doc.end();
  });
}
