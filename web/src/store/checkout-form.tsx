import { Anchor, Checkbox, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useAttempt } from '../api/attempt-key.ts';
import { send, useApiQuery } from '../api/client.ts';
import type { AnswerOf } from '../api/types.ts';
import { goToProvider } from '../payments/go-to-provider.ts';
import {
  chosenMeans,
  firstChoice,
  type PaymentChoice,
  PaymentMethodFields,
  type PaymentValues,
} from '../payments/payment-method.tsx';
import { useWaysToPay, type WaysToPay } from '../payments/use-ways-to-pay.ts';
import { DeclaredFields, declaredValues, filledIn } from '../ui/declared-fields.tsx';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { Section } from '../ui/section.tsx';
import { useSession } from '../ui/session.tsx';
import type { Selection, StoreProductDetail } from './selection.ts';
import type { useQuote } from './use-quote.ts';

type CheckoutValues = PaymentChoice & {
  answers: PaymentValues;
  acceptTerms: boolean;
};

type PlacedOrder = AnswerOf<'/api/v1/portal/orders', 'post'>;

export interface CheckoutFormProps {
  product: StoreProductDetail;
  selection: Selection;
  quote: ReturnType<typeof useQuote>;
  useCredit: boolean;
  onUseCredit: (useCredit: boolean) => void;
}

/**
 * For whoever may order: places the order and, where the payment method can, pays at once. Either way its own page takes
 * over from here.
 */
export function CheckoutForm(props: CheckoutFormProps) {
  const { ways, error, retry } = useWaysToPay();
  if (error) return <PageError error={error} onRetry={retry} />;
  if (!ways) return <PageLoading blocks={1} />;
  if (ways.methods.length === 0) {
    return <Notice tone="warn">This shop cannot take payments yet. Please come back soon.</Notice>;
  }
  return <Form {...props} ways={ways} />;
}

function Form({ product, selection, quote, useCredit, onUseCredit, ways }: CheckoutFormProps & { ways: WaysToPay }) {
  const { shop } = useSession();
  const navigate = useNavigate();
  const attempt = useAttempt();
  const credit = useApiQuery('/api/v1/portal/credit', {});
  const balance = credit.data?.balances.find(({ currency }) => currency === product.currency)?.amountMinor ?? 0;

  const nothingDue = quote.data?.dueMinor === 0;

  const form = useApiForm<CheckoutValues, PlacedOrder>({
    initialValues: {
      ...firstChoice(ways),
      answers: declaredValues(product.orderFields),
      acceptTerms: false,
    },
    validate: { acceptTerms: (accepted) => (accepted ? null : 'Please accept the terms to order.') },
    fieldOf: (path) => path.replace(/^items\.0\.answers\./, 'answers.'),
    send: async (values) => {
      const body = {
        currency: product.currency,
        items: [
          {
            productId: product.id,
            cycle: selection.cycle,
            domain: selection.domain,
            options: selection.options,
            answers: filledIn(values.answers),
          },
        ],
        ...(nothingDue ? {} : chosenMeans(values)),
        useCredit,
        acceptTerms: true as const,
      };
      try {
        return await attempt(body, (idempotencyKey) =>
          send('post', '/api/v1/portal/orders', { body }, { idempotencyKey }),
        );
      } catch (error) {
        void quote.refetch();
        throw error;
      }
    },
    // A declined payment leaves a placed order: its page says so and takes another payment. From the provider's page
    // one comes back there too, also by the browser's own back.
    onDone: async ({ order, payment }) => {
      await navigate({ to: '/orders/$orderId', params: { orderId: order.id } as never });
      goToProvider(payment);
    },
  });

  const due = quote.data ? ` · ${formatMoney(quote.data.dueMinor, quote.data.currency)}` : '';
  return (
    <FormShell form={form} submitLabel={`Place order${due}`}>
      <Stack gap="lg">
        {product.orderFields.length > 0 && (
          <Section title="Details" description="What the server needs to know to set this up.">
            <DeclaredFields fields={product.orderFields} form={form} prefix="answers" />
          </Section>
        )}
        <Section title="Payment">
          <Stack>
            {balance > 0 && (
              <Checkbox
                label={`Use my credit (${formatMoney(balance, product.currency)})`}
                description={
                  nothingDue ? 'It covers the order.' : 'As far as it goes; the rest is paid as chosen below.'
                }
                checked={useCredit}
                onChange={(event) => onUseCredit(event.currentTarget.checked)}
              />
            )}
            {nothingDue ? (
              <Text size="sm">Nothing is due today, so no payment method is needed.</Text>
            ) : (
              <PaymentMethodFields ways={ways} form={{ ...form, choose: (choice) => form.setValues(choice) }} />
            )}
          </Stack>
        </Section>
        <Checkbox
          label={
            shop.termsUrl ? (
              <>
                I accept the{' '}
                <Anchor inherit href={shop.termsUrl} target="_blank" rel="noreferrer">
                  terms of service
                </Anchor>
              </>
            ) : (
              'I accept the terms of service'
            )
          }
          {...form.getInputProps('acceptTerms', { type: 'checkbox' })}
        />
      </Stack>
    </FormShell>
  );
}
