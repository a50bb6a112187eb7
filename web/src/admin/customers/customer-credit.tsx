import { Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { Money, MoneyInput } from '../../ui/money.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.tsx';
import { Instant } from '../../ui/time.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { Balances } from './balances.tsx';

/** A customer's credit, where it came from, and a way to give some. */
export function CustomerCredit({ customer }: { customer: Api<'Customer'> }) {
  const roleRefusal = useRoleRefusal();
  const credit = useApiQuery('/api/v1/customers/{id}/credit', { path: { id: customer.id } });
  return (
    <Section
      title="Credit"
      actions={
        <DialogButton size="xs" label="Add credit" refusal={roleRefusal('billing:write')}>
          {(close) => <AddCreditForm customer={customer} onDone={close} />}
        </DialogButton>
      }
    >
      <Loaded query={credit}>{(data) => <CreditEntries credit={data} />}</Loaded>
    </Section>
  );
}

function CreditEntries({ credit }: { credit: Api<'Credit'> }) {
  if (credit.entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No credit was given or used yet.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Text fw={600}>
        <Balances balances={credit.balances} />
      </Text>
      {credit.entries.map((entry) => (
        <Group key={entry.id} justify="space-between" wrap="nowrap" gap="md" align="flex-start">
          <div>
            <Text size="sm">{entry.reason}</Text>
            <Text size="xs" c="dimmed">
              <Instant at={entry.createdAt} />
            </Text>
          </div>
          <Text size="sm">
            <Money minor={entry.amountMinor} currency={entry.currency} />
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function AddCreditForm({ customer, onDone }: { customer: Api<'Customer'>; onDone: () => void }) {
  const { shop } = useSession();
  const form = useApiForm({
    initialValues: { currency: customer.currency, amountMinor: null as number | null, reason: '' },
    validate: {
      amountMinor: (amount) => (amount === null || amount === 0 ? 'Say how much' : null),
      reason: (reason) => (reason.trim() === '' ? 'The customer sees this reason' : null),
    },
    send: ({ currency, amountMinor, reason }) =>
      send('post', '/api/v1/customers/{id}/credit', {
        path: { id: customer.id },
        body: { currency, amountMinor: amountMinor ?? 0, reason },
      }),
    onDone: () => {
      onDone();
      notifySuccess('The credit is booked.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Add credit">
      <Select
        label="Currency"
        allowDeselect={false}
        data={[...new Set([customer.currency, ...shop.currencies])]}
        {...form.getInputProps('currency')}
      />
      <MoneyInput
        label="Amount"
        description="Negative takes credit back."
        allowNegative
        withAsterisk
        currency={form.values.currency}
        data-autofocus
        value={form.values.amountMinor}
        onChange={(minor) => form.setFieldValue('amountMinor', minor)}
        error={form.errors.amountMinor}
      />
      <TextInput
        label="Reason"
        description="Shown to the customer."
        withAsterisk
        maxLength={200}
        {...form.getInputProps('reason')}
      />
    </FormShell>
  );
}
