import { Radio, Stack, TextInput } from '@mantine/core';
import { useAttempt } from '../../api/attempt-key.ts';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ChoiceCard } from '../../ui/choice-card.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { formatMoney, MoneyInput } from '../../ui/money.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { REFUND_TARGET_WORDS, type RefundTarget } from './refund-words.ts';

type Payment = Api<'PaymentDetail'>;

/** Refunds a payment, whole or in part. Pressing twice after a lost answer refunds it once. */
export function RefundForm({ payment, onDone }: { payment: Payment; onDone: () => void }) {
  const attempt = useAttempt();
  const targets = targetsOf(payment);
  const form = useApiForm({
    initialValues: {
      target: targets[0] ?? ('credit' as RefundTarget),
      amountMinor: mostOf(payment, targets[0] ?? 'credit') as number | null,
      reason: '',
      reference: '',
    },
    validate: {
      amountMinor: (amount) => (amount === null || amount === 0 ? 'Say how much' : null),
      reason: (reason) => (reason.trim() === '' ? 'Say why, for those who read this later' : null),
    },
    send: ({ target, amountMinor, reason, reference }) => {
      const body = {
        target,
        reason,
        ...(amountMinor === null ? {} : { amountMinor }),
        ...(target === 'by_hand' && reference ? { reference } : {}),
      };
      return attempt(body, (idempotencyKey) =>
        send('post', '/api/v1/payments/{id}/refunds', { path: { id: payment.id }, body }, { idempotencyKey }),
      );
    },
    onDone: () => {
      onDone();
      notifySuccess('It is written down; money that goes through the gateway is under way.');
    },
  });
  const { target } = form.values;
  const choose = (next: string) =>
    form.setValues({ target: next as RefundTarget, amountMinor: mostOf(payment, next as RefundTarget) });
  return (
    <FormShell form={form} submitLabel={`Refund ${formatMoney(form.values.amountMinor ?? 0, payment.currency)}`}>
      <Radio.Group label="How" value={target} onChange={choose} error={form.errors.target}>
        <Stack gap="xs" mt={6}>
          {targets.map((each) => (
            <ChoiceCard
              key={each}
              value={each}
              title={REFUND_TARGET_WORDS[each].name}
              description={REFUND_TARGET_WORDS[each].help}
            />
          ))}
        </Stack>
      </Radio.Group>
      <MoneyInput
        label="Amount"
        description={`At most ${formatMoney(mostOf(payment, target), payment.currency)}.`}
        withAsterisk
        currency={payment.currency}
        value={form.values.amountMinor}
        onChange={(minor) => form.setFieldValue('amountMinor', minor)}
        error={form.errors.amountMinor}
      />
      <TextInput label="Reason" withAsterisk maxLength={200} {...form.getInputProps('reason')} />
      {target === 'by_hand' && (
        <TextInput
          label="Reference (optional)"
          description="Of the transfer you made."
          maxLength={200}
          {...form.getInputProps('reference')}
        />
      )}
    </FormShell>
  );
}

/** The ways that have something left, the one people expect first. */
const targetsOf = (payment: Payment) =>
  (['gateway', 'credit', 'by_hand'] as const).filter(
    (target) => (target !== 'gateway' || payment.refundsThroughGateway) && mostOf(payment, target) > 0,
  );

const mostOf = ({ creditableMinor, refundableMinor }: Payment, target: RefundTarget) =>
  target === 'credit' ? creditableMinor : refundableMinor;
