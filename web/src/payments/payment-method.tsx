import { Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { DeclaredFields, declaredValues, type FieldsForm, filledIn } from '../ui/declared-fields.tsx';
import { expiryOf, formatMonth } from './expiry.ts';
import type { SavedMethod, WaysToPay } from './use-ways-to-pay.ts';

export type PaymentValues = Record<string, string | number | boolean | null>;

/** What a form that pays holds of the method: something saved, or else a gateway and what that asks for. */
export type PaymentChoice = {
  /** '' for none. */
  savedMethodId: string;
  gatewayId: string;
  payment: PaymentValues;
};

/** What was saved, unless it has ended; else the first method, its fields at their defaults. */
export const firstChoice = ({ methods, saved }: WaysToPay): PaymentChoice => ({
  savedMethodId: saved.find(({ expiresIn }) => expiryOf(expiresIn) !== 'over')?.id ?? '',
  gatewayId: methods[0]?.id ?? '',
  payment: declaredValues(methods[0]?.fields ?? []),
});

/** The choice as the API takes it. */
export const chosenMeans = ({
  savedMethodId,
  gatewayId,
  payment,
}: PaymentChoice): { savedMethodId: string } | { gatewayId: string; payment: PaymentValues } =>
  savedMethodId === '' ? { gatewayId, payment: filledIn(payment) } : { savedMethodId };

interface PaymentMethodFieldsProps {
  ways: WaysToPay;
  form: FieldsForm & {
    values: PaymentChoice;
    errors: Record<string, ReactNode>;
    choose: (choice: PaymentChoice) => void;
  };
}

/** How to pay, what was saved first, and what the chosen way wants to know. */
export function PaymentMethodFields({ ways: { methods, saved }, form }: PaymentMethodFieldsProps) {
  const { savedMethodId, gatewayId } = form.values;
  const chosen = savedMethodId === '' ? methods.find((method) => method.id === gatewayId) : undefined;
  const choose = (value: string) => {
    if (saved.some(({ id }) => id === value)) return form.choose({ ...form.values, savedMethodId: value });
    const fields = methods.find((method) => method.id === value)?.fields ?? [];
    form.choose({ savedMethodId: '', gatewayId: value, payment: declaredValues(fields) });
  };
  return (
    <Stack>
      <Radio.Group
        label="Payment method"
        value={savedMethodId || gatewayId}
        onChange={choose}
        error={form.errors.savedMethodId ?? form.errors.gatewayId}
      >
        <Stack gap="xs" mt={6}>
          {saved.map((method) => (
            <ChoiceCard key={method.id} value={method.id} title={method.label} description={untilText(method)} />
          ))}
          {methods.map((method) => (
            <ChoiceCard
              key={method.id}
              value={method.id}
              title={saved.some((one) => one.gatewayId === method.id) ? another(method.name) : method.name}
              description={method.description}
            />
          ))}
        </Stack>
      </Radio.Group>
      {chosen && chosen.fields.length > 0 && (
        <DeclaredFields key={chosen.id} fields={chosen.fields} form={form} prefix="payment" />
      )}
    </Stack>
  );
}

/** "Card" beside cards that were saved. */
const another = (name: string) => `Another ${name.charAt(0).toLowerCase()}${name.slice(1)}`;

function untilText({ expiresIn }: SavedMethod): string {
  if (expiresIn === null) return 'Saved for later';
  return `Saved for later, ${expiryOf(expiresIn) === 'over' ? 'ended in' : 'good until'} ${formatMonth(expiresIn)}`;
}
