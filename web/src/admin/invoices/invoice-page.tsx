import { SimpleGrid, Stack, Text } from '@mantine/core';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { countryName } from '../../ui/countries.ts';
import { DownloadButton } from '../../ui/download-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Money } from '../../ui/money.tsx';
import { notifyRemark, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day, Instant, Moment } from '../../ui/time.tsx';
import { DisputeFacts } from '../payments/dispute-facts.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CustomerLink, OrderLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { InvoiceLines } from './invoice-lines.tsx';
import { RecordPaymentForm } from './record-payment-form.tsx';

type Invoice = Api<'Invoice'>;

export function InvoicePage() {
  const id = useRouteId();
  const invoice = useApiQuery('/api/v1/invoices/{id}', { path: { id } });
  return <Loaded query={invoice}>{(data) => <InvoiceDetail invoice={data} />}</Loaded>;
}

function InvoiceDetail({ invoice }: { invoice: Invoice }) {
  return (
    <Page
      title={`Invoice ${invoice.number}`}
      badge={<StateBadge state={invoice.state} />}
      breadcrumbs={[{ label: 'Invoices', href: '/admin/invoices' }]}
      actions={<InvoiceActions invoice={invoice} />}
    >
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Section title="Invoice">
            <Facts
              rows={[
                ['Customer', <CustomerLink key="customer" id={invoice.customerId} name={invoice.customerName} />],
                ['Issued', <Day key="issued" day={invoice.issuedOn} />],
                ['Due', <Day key="due" day={invoice.dueOn} />],
                ['Paid', invoice.paidAt ? <Instant key="paid" at={invoice.paidAt} /> : 'Not yet'],
                ['Order', invoice.orderId && <OrderLink key="order" id={invoice.orderId} name="Open order" />],
              ]}
            />
          </Section>
          <Section title="Bill to">
            <Text
              size="sm"
              component="address"
              style={{ fontStyle: 'normal', whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
            >
              {[
                invoice.billTo.company,
                invoice.billTo.name === invoice.billTo.company ? '' : invoice.billTo.name,
                ...invoice.billTo.address,
                countryName(invoice.billTo.country),
                invoice.billTo.taxId && `Tax ID ${invoice.billTo.taxId}`,
                invoice.billTo.email,
              ]
                .filter(Boolean)
                .join('\n')}
            </Text>
          </Section>
        </SimpleGrid>
        <InvoiceLines invoice={invoice} />
        <Section title="Payments" flush>
          <ListTable
            flush
            label="Payments"
            rows={invoice.payments}
            rowKey={(payment) => payment.id}
            rowHref={(payment) => `/admin/payments/${payment.id}`}
            columns={[
              { key: 'gateway', header: 'Through', cell: (payment) => payment.gatewayName },
              { key: 'state', header: 'State', cell: (payment) => <StateBadge state={payment.state} /> },
              { key: 'reference', header: 'Reference', cell: (payment) => payment.reference ?? '–' },
              {
                key: 'message',
                header: 'Message',
                cell: (payment) =>
                  payment.disputedAt ? (
                    <DisputeFacts dispute={payment} currency={invoice.currency} />
                  ) : (
                    payment.message || '–'
                  ),
              },
              { key: 'when', header: 'When', cell: (payment) => <Moment at={payment.createdAt} /> },
              {
                key: 'amount',
                header: 'Amount',
                align: 'end',
                cell: (payment) => <Money minor={payment.amountMinor} currency={invoice.currency} />,
              },
            ]}
            empty={
              <Text size="sm" c="dimmed" p="lg">
                No payment was tried yet.
              </Text>
            }
          />
        </Section>
      </Stack>
    </Page>
  );
}

function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const roleRefusal = useRoleRefusal();
  const refusal = roleRefusal('billing:write') ?? SETTLED[invoice.state];
  const path = { id: invoice.id };
  const applyCredit = () =>
    confirm({
      title: 'Pay from credit?',
      body: 'Uses the customer’s credit as far as it goes.',
      confirmLabel: 'Apply credit',
      run: async () => {
        const { state } = await send('post', '/api/v1/invoices/{id}/apply-credit', { path });
        notifySuccess(
          state === 'paid' ? 'The invoice is paid from credit.' : 'Credit was applied; something is still owed.',
        );
      },
    });
  const charge = () =>
    confirm({
      title: 'Charge the saved card?',
      body: 'What is still owed is charged to what the customer saved to be charged first.',
      confirmLabel: 'Charge it',
      run: async () => {
        const { outcome, message } = await send('post', '/api/v1/invoices/{id}/charge', { path });
        if (outcome === 'paid') notifySuccess('The invoice is paid.');
        else notifyRemark(message || CHARGE_WORDS[outcome]);
      },
    });
  const voidInvoice = () =>
    confirm({
      title: `Void invoice ${invoice.number}?`,
      body: 'It can no longer be paid. Credit already applied to it goes back to the customer.',
      confirmLabel: 'Void invoice',
      tone: 'danger',
      run: () => send('post', '/api/v1/invoices/{id}/void', { path }),
    });
  return (
    <>
      <DownloadButton href={`/api/v1/invoices/${invoice.id}/pdf`}>PDF</DownloadButton>
      <ActionMenu
        label="More"
        actions={[
          { label: 'Charge saved card', refusal, onChoose: charge },
          { label: 'Pay from credit', refusal, onChoose: applyCredit },
          { label: 'Void invoice', refusal, danger: true, onChoose: voidInvoice },
        ]}
      />
      <DialogButton label="Record payment" variant="filled" refusal={refusal}>
        {(close) => <RecordPaymentForm invoice={invoice} onDone={close} />}
      </DialogButton>
    </>
  );
}

const CHARGE_WORDS = {
  declined: 'The card was declined.',
  action_needed: 'The bank wants to hear from the customer, who has been written to.',
  unknown: 'The provider has not said yet. It is found out by itself; do not charge again meanwhile.',
  no_method: 'The customer has saved nothing that can be charged.',
} as const;

/** Why nothing more can be done to an invoice. */
const SETTLED: Record<Invoice['state'], string | null> = {
  unpaid: null,
  paid: 'The invoice is paid.',
  void: 'The invoice is void.',
};
