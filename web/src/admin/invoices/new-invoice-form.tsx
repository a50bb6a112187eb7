import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useAttempt } from '../../api/attempt-key.ts';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { formatMoney } from '../../ui/money.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { EMPTY_LINE, type LineDraft, LinesEditor } from './lines-editor.tsx';

interface Draft extends Record<string, unknown> {
  lines: LineDraft[];
  dueOn: string;
  byMail: boolean;
}

/** Money a customer is asked for by hand. It is issued at once: a mistake is mended by voiding it. */
export function NewInvoiceForm({ customer }: { customer: Api<'Customer'> }) {
  const refusal = useRoleRefusal()('billing:write');
  const navigate = useNavigate();
  const attempt = useAttempt();
  const form = useApiForm<Draft, Api<'Invoice'>>({
    initialValues: { lines: [EMPTY_LINE], dueOn: '', byMail: true },
    validate: {
      lines: {
        description: (description: string) => (description.trim() === '' ? 'Say what it is for' : null),
        quantity: (quantity: number | null) => (quantity === null ? 'Say how many' : null),
        unitMinor: (minor: number | null) => (minor === null ? 'Say how much' : null),
      },
    },
    send: ({ lines, dueOn, byMail }) => {
      const path = { id: customer.id };
      const body = {
        lines: lines.map(({ description, quantity, unitMinor }) => ({
          description,
          quantity: quantity ?? 1,
          unitMinor: unitMinor ?? 0,
        })),
        byMail,
        ...(dueOn ? { dueOn } : {}),
      };
      return attempt(body, (idempotencyKey) =>
        send('post', '/api/v1/customers/{id}/invoices', { path, body }, { idempotencyKey }),
      );
    },
    onDone: async ({ id, number }, { byMail }) => {
      notifySuccess(byMail ? `${number} is on its way to ${customer.email}.` : `${number} is issued.`);
      await navigate({ href: `/admin/invoices/${id}` });
    },
  });
  const totalMinor = form.values.lines.reduce((sum, line) => sum + (line.quantity ?? 0) * (line.unitMinor ?? 0), 0);
  return (
    <FormShell
      form={form}
      guarded
      submitLabel={`Issue invoice · ${formatMoney(totalMinor, customer.currency)}`}
      submitRefusal={refusal}
      secondary={
        <ButtonLink variant="default" href={`/admin/customers/${customer.id}`}>
          Cancel
        </ButtonLink>
      }
    >
      <Stack gap="lg">
        <Section title="Lines">
          <LinesEditor form={form} currency={customer.currency} />
        </Section>
        <Section title="Payment">
          <Stack>
            <TextInput
              type="date"
              label="Due on"
              description="When the settings say, if left blank."
              maw={240}
              {...form.getInputProps('dueOn')}
            />
            <Checkbox
              label={`Mail it to ${customer.email}`}
              description="In the portal it is either way, and reminders go out either way."
              styles={{ label: { overflowWrap: 'anywhere' } }}
              {...form.getInputProps('byMail', { type: 'checkbox' })}
            />
          </Stack>
        </Section>
      </Stack>
    </FormShell>
  );
}
