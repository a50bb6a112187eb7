import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAttempt } from '../api/attempt-key.ts';
import { send } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { notifySuccess } from '../ui/notify.tsx';
import { PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { goToProvider } from './go-to-provider.ts';
import { chosenMeans, firstChoice, PaymentMethodFields } from './payment-method.tsx';
import { useWaysToPay, type WaysToPay } from './use-ways-to-pay.ts';

type PayResult = Api<'PayResult'>;

interface PayFormProps {
  invoice: { id: string; dueMinor: number; currency: string };
  /** Why the last try failed, for who comes back from a provider. */
  lastDecline?: string | undefined;
}

/** Pays what an invoice still asks for. A declined payment is said plainly and can be tried again at once. */
export function PayForm(props: PayFormProps) {
  const { ways, error, retry } = useWaysToPay();
  if (error) return <PageError error={error} onRetry={retry} />;
  if (!ways) return <PageLoading blocks={1} />;
  if (ways.methods.length === 0) {
    return <Notice tone="warn">Online payment is not set up in this shop yet. Please write to us.</Notice>;
  }
  return <Form {...props} ways={ways} />;
}

function Form({ invoice, lastDecline, ways }: PayFormProps & { ways: WaysToPay }) {
  const [result, setResult] = useState<PayResult | null>(null);
  const attempt = useAttempt();
  const form = useApiForm({
    initialValues: firstChoice(ways),
    send: (choice) => {
      const body = chosenMeans(choice);
      const path = { id: invoice.id };
      return attempt(body, (idempotencyKey) =>
        'savedMethodId' in body
          ? send('post', '/api/v1/portal/invoices/{id}/charge', { path, body }, { idempotencyKey })
          : send('post', '/api/v1/portal/invoices/{id}/pay', { path, body }, { idempotencyKey }),
      );
    },
    onDone: (answer) => {
      setResult(answer);
      goToProvider(answer);
      if (answer.outcome === 'paid') notifySuccess('Paid. Thank you!');
    },
  });
  return (
    <Stack>
      {!result && lastDecline && (
        <Notice tone="warn" title="The last payment did not go through">
          {lastDecline}
        </Notice>
      )}
      {result && <PayOutcome result={result} />}
      {result?.outcome !== 'paid' && result?.outcome !== 'unknown' && (
        <FormShell form={form} submitLabel={`Pay ${formatMoney(invoice.dueMinor, invoice.currency)}`}>
          <PaymentMethodFields ways={ways} form={{ ...form, choose: (choice) => form.setValues(choice) }} />
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
