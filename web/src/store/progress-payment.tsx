import { Text } from '@mantine/core';
import { useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { PayForm } from '../payments/pay-form.tsx';
import { Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { useRightRefusal } from '../ui/session.tsx';

interface ProgressPaymentProps {
  order: Api<'OwnOrder'>;
  progress: Api<'OrderProgress'>;
}

/** What stands between an order and its start: how to transfer the money, why a card was declined, another try. */
export function ProgressPayment(props: ProgressPaymentProps) {
  const mayPay = useRightRefusal()('billing') === null;
  if (mayPay) return <Payment {...props} />;
  return (
    <Notice tone="warn" title="This order waits for its payment">
      It goes on once somebody with billing rights has paid it.
    </Notice>
  );
}

function Payment({ order, progress }: ProgressPaymentProps) {
  const invoice = useApiQuery('/api/v1/portal/invoices/{id}', { path: { id: order.invoiceId } });
  const declined = invoice.data?.payments.findLast((payment) => payment.state === 'declined');
  return (
    <>
      {progress.paymentState === 'declined' && (
        <Notice tone="bad" title="Your payment was declined" live>
          {declined?.message || 'The payment provider did not say why.'} Your order is kept; you can pay again below.
        </Notice>
      )}
      {progress.paymentState === 'unknown' && (
        <Notice tone="warn" title="The payment provider has not answered yet">
          Please do not pay a second time. We keep asking and go on as soon as we know.
        </Notice>
      )}
      {progress.paymentState === 'waiting' && (
        <Notice tone="warn" title="Your payment is not finished">
          You left the payment page before it was done. Nothing was charged; pay again below.
        </Notice>
      )}
      {order.instructions && (
        <Section title="How to pay">
          <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
            {order.instructions}
          </Text>
        </Section>
      )}
      {invoice.data && invoice.data.dueMinor > 0 && progress.paymentState !== 'unknown' && (
        <Section title={order.instructions ? 'Or pay another way' : 'Pay now'}>
          <PayForm invoice={invoice.data} />
        </Section>
      )}
    </>
  );
}
