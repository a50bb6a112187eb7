import { Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from '../api/types.ts';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { DeclaredFields, declaredValues, type FieldsForm } from '../ui/declared-fields.tsx';

export type PaymentMethod = Api<'PaymentMethod'>;
export type PaymentValues = Record<string, string | number | boolean | null>;

/** What a form that pays holds of the method. */
export type PaymentChoice = {
  gatewayId: string;
  payment: PaymentValues;
};

/** The first method, its fields at their defaults. */
export const firstChoice = (methods: PaymentMethod[]): PaymentChoice => ({
  gatewayId: methods[0]?.id ?? '',
  payment: declaredValues(methods[0]?.fields ?? []),
});

interface PaymentMethodFieldsProps {
  methods: PaymentMethod[];
  form: FieldsForm & {
    values: PaymentChoice;
    errors: Record<string, ReactNode>;
    choose: (choice: PaymentChoice) => void;
  };
}

/** How to pay, and what the chosen way wants to know. */
export function PaymentMethodFields({ methods, form }: PaymentMethodFieldsProps) {
  const chosen = methods.find((method) => method.id === form.values.gatewayId);
  const choose = (gatewayId: string) =>
    form.choose({
      gatewayId,
      payment: declaredValues(methods.find((method) => method.id === gatewayId)?.fields ?? []),
    });
  return (
    <Stack>
      <Radio.Group label="Payment method" value={form.values.gatewayId} onChange={choose} error={form.errors.gatewayId}>
        <Stack gap="xs" mt={6}>
          {methods.map((method) => (
            <ChoiceCard key={method.id} value={method.id} title={method.name} description={method.description} />
          ))}
        </Stack>
      </Radio.Group>
      {chosen && chosen.fields.length > 0 && (
        <DeclaredFields key={chosen.id} fields={chosen.fields} form={form} prefix="payment" />
      )}
    </Stack>
  );
}
