import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAttempt } from '../api/attempt-key.ts';
import { send, useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { filledIn } from '../ui/declared-fields.tsx';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { goToProvider } from './go-to-provider.ts';
import { firstChoice, type PaymentMethod, PaymentMethodFields } from './payment-method.tsx';

type PayResult = Api<'PayResult'>;

interface PayFormProps {
  invoice: { id: string; dueMinor: number; currency: string };
  onPaid?: () => void;
}

/** Pays what an invoice still asks for. A declined payment is said plainly and can be tried again at once. */
export function PayForm(props: PayFormProps) {
  const methods = useApiQuery('/api/v1/store/payment-methods', {});
  if (methods.error) return <PageError error={methods.error} onRetry={() => void methods.refetch()} />;
  if (!methods.data) return <PageLoading blocks={1} />;
  if (methods.data.items.length === 0) {
    return <Notice tone="warn">Online payment is not set up in this shop yet. Please write to us.</Notice>;
  }
  return <Form {...props} methods={methods.data.items} />;
}

function Form({ invoice, onPaid, methods }: PayFormProps & { methods: PaymentMethod[] }) {
  const [result, setResult] = useState<PayResult | null>(null);
  const attempt = useAttempt();
  const form = useApiForm({
    initialValues: firstChoice(methods),
    send: ({ gatewayId, payment }) => {
      const body = { gatewayId, payment: filledIn(payment) };
      return attempt(body, (idempotencyKey) =>
        send('post', '/api/v1/portal/invoices/{id}/pay', { path: { id: invoice.id }, body }, { idempotencyKey }),
      );
    },
    onDone: (answer) => {
      setResult(answer);
      goToProvider(answer);
      if (answer.outcome === 'paid') onPaid?.();
    },
  });
  return (
    <Stack>
      {result && <PayOutcome result={result} />}
      {result?.outcome !== 'paid' && result?.outcome !== 'unknown' && (
        <FormShell form={form} submitLabel={`Pay ${formatMoney(invoice.dueMinor, invoice.currency)}`}>
          <PaymentMethodFields methods={methods} form={{ ...form, choose: (choice) => form.setValues(choice) }} />
        </FormShell>
      )}
    </Stack>
  );
}

const OUTCOMES = {
  paid: { tone: 'good', title: 'Paid. Thank you!' },
  declined: { tone: 'bad', title: 'The payment was declined' },
  redirect: { tone: 'busy', title: 'Taking you to the payment page' },
  instructions: { tone: 'busy', title: 'How to pay' },
  unknown: { tone: 'warn', title: 'We are waiting for the bank’s answer' },
} as const;

function PayOutcome({ result }: { result: PayResult }) {
  const { tone, title } = OUTCOMES[result.outcome];
  return (
    <Notice tone={tone} title={title} live>
      <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
        {result.message}
      </Text>
    </Notice>
  );
}
