import { NumberInput, Select, Switch, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

type Answer = string | number | boolean;
type Option = Api<'Product'>['options'][number];

/** Moves a service to another product; what the new product's options stand at is asked for beside it. */
export function ChangePackageForm({ service, onDone }: { service: Api<'Service'>; onDone: () => void }) {
  const products = useApiQuery('/api/v1/products', { query: { state: 'on_sale', limit: 200 } });
  const form = useApiForm({
    initialValues: { productId: '', options: {} as Record<string, Answer> },
    validate: { productId: (productId) => (productId === '' ? 'Choose a product' : null) },
    send: (body) => send('post', '/api/v1/services/{id}/change-package', { path: { id: service.id }, body }),
    onDone: () => {
      onDone();
      notifySuccess('The change is queued.');
    },
  });
  const offered = (products.data?.items ?? []).filter((product) => product.id !== service.productId);
  const chosen = offered.find((product) => product.id === form.values.productId);
  const choose = (productId: string | null) => {
    const product = offered.find((candidate) => candidate.id === productId);
    form.setValues({
      productId: productId ?? '',
      options: Object.fromEntries((product?.options ?? []).map((option) => [option.code, startOf(option)])),
    });
  };
  return (
    <FormShell form={form} submitLabel="Change package">
      <Text size="sm">Now on {service.productName}. The account keeps its files and mail.</Text>
      <Select
        label="New product"
        withAsterisk
        searchable
        nothingFoundMessage="No other product is on sale"
        data={offered.map((product) => ({ value: product.id, label: `${product.name} (${product.groupName})` }))}
        value={form.values.productId || null}
        onChange={choose}
        error={form.errors.productId ?? products.error?.detail}
      />
      {chosen?.options.map((option) => (
        <OptionInput
          key={option.code}
          option={option}
          value={form.values.options[option.code]}
          onChange={(answer) => form.setFieldValue('options', { ...form.values.options, [option.code]: answer })}
          error={form.errors[`options.${option.code}`]}
        />
      ))}
    </FormShell>
  );
}

function startOf(option: Option): Answer {
  switch (option.kind) {
    case 'choice':
      return (option.values.find((value) => value.isDefault) ?? option.values[0])?.value ?? '';
    case 'yes_no':
      return option.values[0]?.isDefault ?? false;
    case 'quantity':
      return option.minQuantity ?? 0;
    default:
      return option.kind satisfies never;
  }
}

interface OptionInputProps {
  option: Option;
  value: Answer | undefined;
  onChange: (answer: Answer) => void;
  error: ReactNode;
}

function OptionInput({ option, value, onChange, error }: OptionInputProps) {
  const asked = { label: option.name, description: option.help || undefined, error };
  switch (option.kind) {
    case 'choice':
      return (
        <Select
          {...asked}
          allowDeselect={false}
          data={option.values.map((choice) => ({ value: choice.value, label: choice.label }))}
          value={String(value ?? '')}
          onChange={(chosen) => chosen !== null && onChange(chosen)}
        />
      );
    case 'yes_no':
      return <Switch {...asked} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'quantity':
      return (
        <NumberInput
          {...asked}
          min={option.minQuantity}
          max={option.maxQuantity}
          value={Number(value ?? 0)}
          onChange={(quantity) => onChange(Number(quantity))}
        />
      );
    default:
      return option.kind satisfies never;
  }
}
