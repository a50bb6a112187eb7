import { Stack, Text } from '@mantine/core';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Money } from '../../ui/money.tsx';
import { notifyRemark, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day, Instant } from '../../ui/time.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CustomerLink, InvoiceLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { DisputeFacts } from './dispute-facts.tsx';
import { GiveUpForm } from './give-up-form.tsx';
import { RefundForm } from './refund-form.tsx';
import { REFUND_TARGET_WORDS } from './refund-words.ts';

type Payment = Api<'PaymentDetail'>;

export function PaymentPage() {
  const id = useRouteId();
  const payment = useApiQuery('/api/v1/payments/{id}', { path: { id } });
  return <Loaded query={payment}>{(data) => <PaymentDetail payment={data} />}</Loaded>;
}

function PaymentDetail({ payment }: { payment: Payment }) {
  const roleRefusal = useRoleRefusal();
  const money = (minor: number) => <Money minor={minor} currency={payment.currency} />;
  return (
    <Page
      size="lg"
      title={payment.number ? `Payment ${payment.number}` : 'Payment'}
      badge={<StateBadge state={payment.state} />}
      breadcrumbs={[{ label: 'Payments', href: '/admin/payments' }]}
      actions={
        <>
          {payment.state !== 'settled' && (
            <ActionButton variant="default" refusal={roleRefusal('billing:write')} onClick={() => askAgain(payment)}>
              Ask again
            </ActionButton>
          )}
          {payment.state !== 'settled' && payment.state !== 'declined' && (
            <DialogButton label="Give up" title="Give up this payment" refusal={roleRefusal('billing:write')}>
              {(close) => <GiveUpForm paymentId={payment.id} onDone={close} />}
            </DialogButton>
          )}
          <DialogButton
            label="Refund"
            title="Refund this payment"
            refusal={roleRefusal('billing:write') ?? spent(payment)}
          >
            {(close) => <RefundForm payment={payment} onDone={close} />}
          </DialogButton>
        </>
      }
    >
      <Stack gap="lg">
        <Section title="Payment">
          <Facts
            rows={[
              ['Amount', money(payment.amountMinor)],
              ['Refunded', payment.refundedMinor > 0 ? money(payment.refundedMinor) : 'Nothing'],
              ['Fee', payment.feeMinor > 0 ? money(payment.feeMinor) : null],
              ['Invoice', <InvoiceLink key="invoice" id={payment.invoiceId} name={payment.invoiceNumber} />],
              ['Customer', <CustomerLink key="customer" id={payment.customerId} name={payment.customerName} />],
              ['Through', payment.gatewayName],
              ['Reference', payment.reference],
              ['Message', payment.message],
              ['Received on', <Day key="received" day={payment.receivedOn} />],
              [
                'Disputed',
                payment.disputedAt && <DisputeFacts key="dispute" dispute={payment} currency={payment.currency} />,
              ],
              ['Begun', <Instant key="created" at={payment.createdAt} />],
              ['Settled', <Instant key="settled" at={payment.settledAt} />],
            ]}
          />
        </Section>
        <Section title="Refunds" flush>
          <ListTable
            flush
            label="Refunds"
            rows={payment.refunds}
            rowKey={(refund) => refund.id}
            columns={[
              { key: 'target', header: 'How', cell: (refund) => REFUND_TARGET_WORDS[refund.target].name },
              { key: 'state', header: 'State', cell: (refund) => <StateBadge state={refund.state} /> },
              {
                key: 'reason',
                header: 'Reason',
                cell: (refund) => (
                  <>
                    {refund.reason}
                    {refund.message && (
                      <Text size="xs" c="dimmed">
                        {refund.message}
                      </Text>
                    )}
                  </>
                ),
              },
              { key: 'reference', header: 'Reference', hideOnPhone: true, cell: (refund) => refund.reference ?? '–' },
              { key: 'when', header: 'When', cell: (refund) => <Instant at={refund.createdAt} /> },
              { key: 'amount', header: 'Amount', align: 'end', cell: (refund) => money(refund.amountMinor) },
            ]}
            empty={
              <Text size="sm" c="dimmed" p="lg">
                Nothing was refunded.
              </Text>
            }
          />
        </Section>
      </Stack>
    </Page>
  );
}

const askAgain = ({ id, gatewayName }: Payment) =>
  confirm({
    title: 'Ask the provider again?',
    body: `${gatewayName} is asked now what became of this payment.`,
    confirmLabel: 'Ask now',
    run: async () => {
      const { state } = await send('post', '/api/v1/payments/{id}/ask', { path: { id } });
      if (state === 'settled') notifySuccess('The money has arrived.');
      else notifyRemark(ANSWERS[state]);
    },
  });

const ANSWERS = {
  declined: 'Nothing was paid.',
  pending: 'The provider has not seen it yet.',
  waiting: 'The customer can still pay on the provider’s page.',
  unknown: 'The provider cannot say yet.',
} as const;

function spent({ state, refundableMinor, creditableMinor }: Payment): string | null {
  if (state !== 'settled') return 'No money arrived with this payment.';
  return refundableMinor > 0 || creditableMinor > 0 ? null : 'All of it was refunded.';
}
