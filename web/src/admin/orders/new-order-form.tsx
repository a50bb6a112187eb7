import { Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAttempt } from '../../api/attempt-key.ts';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import type { PaymentValues } from '../../payments/payment-method.tsx';
import { domainProblem, tidyDomain } from '../../store/domain.ts';
import { QuoteSummary } from '../../store/quote-summary.tsx';
import { readSelection, type Selection, type StoreProductDetail } from '../../store/selection.ts';
import { SelectionFields } from '../../store/selection-fields.tsx';
import classes from '../../store/store.module.css';
import { useQuote } from '../../store/use-quote.ts';
import { DeclaredFields, declaredValues, filledIn } from '../../ui/declared-fields.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { formatMoney } from '../../ui/money.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';

interface Draft extends Record<string, unknown> {
  domain: string;
  answers: PaymentValues;
  note: string;
}

interface NewOrderFormProps {
  customer: Api<'Customer'>;
  /** In the customer's currency. */
  product: StoreProductDetail;
}

/** An order for somebody on the telephone, put together and priced as in the store. Nothing is charged by it. */
export function NewOrderForm({ customer, product }: NewOrderFormProps) {
  const roleRefusal = useRoleRefusal()('orders:write');
  const navigate = useNavigate();
  const attempt = useAttempt();
  const [selection, setSelection] = useState<Selection>(() => readSelection(product, {}));
  const form = useApiForm<Draft, Api<'Order'>>({
    initialValues: { domain: '', answers: declaredValues(product.orderFields), note: '' },
    validate: { domain: (domain) => domainProblem(tidyDomain(domain)) },
    fieldOf: (path) => path.replace(/^items\.0\./, ''),
    send: ({ domain, answers, note }) => {
      const { cycle, options } = selection;
      const item = { productId: product.id, cycle, options, domain: tidyDomain(domain), answers: filledIn(answers) };
      const body = { items: [item], ...(note.trim() ? { note } : {}) };
      return attempt(body, (idempotencyKey) =>
        send('post', '/api/v1/customers/{id}/orders', { path: { id: customer.id }, body }, { idempotencyKey }),
      );
    },
    onDone: async (order) => {
      notifySuccess(
        order.invoiceState === 'paid' ? 'Placed; it costs nothing.' : `Placed; the invoice goes to ${customer.email}.`,
      );
      await navigate({ href: `/admin/orders/${order.id}` });
    },
  });
  const domain = tidyDomain(form.values.domain);
  const quote = useQuote(product, { ...selection, domain });
  const total = quote.data ? ` · ${formatMoney(quote.data.totalMinor, quote.data.currency)}` : '';
  return (
    <div className={classes.columns}>
      <FormShell
        form={form}
        guarded
        submitLabel={`Place order${total}`}
        submitRefusal={roleRefusal ?? (product.inStock ? null : 'Sold out.')}
        secondary={
          <ButtonLink variant="default" href={`/admin/customers/${customer.id}`}>
            Cancel
          </ButtonLink>
        }
      >
        <Stack gap="lg">
          <Section title="Domain" description="The name the site will have.">
            <TextInput
              aria-label="Domain"
              placeholder="example.com"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              inputMode="url"
              {...form.getInputProps('domain')}
              onBlur={() => form.setFieldValue('domain', domain)}
            />
          </Section>
          <SelectionFields
            product={product}
            selection={selection}
            onChange={(changes) => setSelection({ ...selection, ...changes })}
          />
          {product.orderFields.length > 0 && (
            <Section title="Details" description="What the server needs to know to set this up.">
              <DeclaredFields fields={product.orderFields} form={form} prefix="answers" />
            </Section>
          )}
          <Section title="Note" description="For colleagues; kept in the audit log.">
            <TextInput aria-label="Note" maxLength={500} {...form.getInputProps('note')} />
          </Section>
        </Stack>
      </FormShell>
      <QuoteSummary product={product} quote={quote} domain={domain} words={{ title: 'The order', total: 'Total' }} />
    </div>
  );
}
