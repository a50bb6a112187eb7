import { Button, Stack } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useApiMutation, useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { PayForm } from '../payments/pay-form.tsx';
import { DownloadButton } from '../ui/download-button.tsx';
import { TextLink } from '../ui/links.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../ui/notify.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { Section } from '../ui/section.tsx';
import { useRightRefusal } from '../ui/session.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { formatDay } from '../ui/time.tsx';
import { InvoicePayments } from './invoice-payments.tsx';
import { InvoiceSheet } from './invoice-sheet.tsx';

export function InvoicePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const invoice = useApiQuery('/api/v1/portal/invoices/{id}', { path: { id } });
  if (invoice.error) return <PageError error={invoice.error} onRetry={() => void invoice.refetch()} />;
  if (!invoice.data) return <PageLoading />;
  return <Invoice invoice={invoice.data} />;
}

function Invoice({ invoice }: { invoice: Api<'Invoice'> }) {
  const mayPay = useRightRefusal()('billing') === null;
  const last = invoice.payments.at(-1);
  const underWay = last?.state === 'pending' || last?.state === 'unknown';
  const open = invoice.state === 'unpaid' && invoice.dueMinor > 0;
  return (
    <Page
      size="md"
      title={`Invoice ${invoice.number}`}
      badge={<StateBadge state={invoice.state} />}
      subtitle={open ? `${formatMoney(invoice.dueMinor, invoice.currency)} due ${formatDay(invoice.dueOn)}` : undefined}
      breadcrumbs={[{ label: 'Invoices', href: '/portal/invoices' }]}
      actions={
        <>
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            Print
          </Button>
          <DownloadButton href={`/api/v1/portal/invoices/${invoice.id}/pdf`}>Download PDF</DownloadButton>
        </>
      }
    >
      <Stack gap="lg">
        <InvoiceSheet invoice={invoice} />
        {open && mayPay && (
          <div className="ui-screen-only">
            <Section title="Pay this invoice">
              {underWay ? (
                <Notice tone="warn" title="A payment is under way">
                  We are waiting for the bank’s answer and go on by ourselves. Please do not pay a second time.
                </Notice>
              ) : (
                <Stack>
                  <NextCharge invoice={invoice} />
                  <UseCredit invoice={invoice} />
                  <PayForm invoice={invoice} lastDecline={last?.state === 'declined' ? last.message : undefined} />
                </Stack>
              )}
            </Section>
          </div>
        )}
        {invoice.payments.length > 0 && <InvoicePayments invoice={invoice} />}
        {invoice.orderId && (
          <div className="ui-screen-only">
            <TextLink href={`/orders/${invoice.orderId}`} size="sm">
              See the order this belongs to
            </TextLink>
          </div>
        )}
      </Stack>
    </Page>
  );
}

/** That nothing need be done, when a saved card will be charged. */
function NextCharge({ invoice }: { invoice: Api<'Invoice'> }) {
  const { data } = useApiQuery('/api/v1/portal/invoices/{id}/next-charge', { path: { id: invoice.id } });
  if (!data?.charge) return null;
  return (
    <Notice tone="busy" title={`We will charge ${data.charge.label} on ${formatDay(data.charge.on)}`}>
      You need do nothing, unless you would rather pay now or in another way.
    </Notice>
  );
}

function UseCredit({ invoice }: { invoice: Api<'Invoice'> }) {
  const credit = useApiQuery('/api/v1/portal/credit', {});
  const apply = useApiMutation('post', '/api/v1/portal/invoices/{id}/apply-credit', {
    onSuccess: () => notifySuccess('Your credit has been used.'),
    onError: notifyProblem,
  });
  const balance = credit.data?.balances.find(({ currency }) => currency === invoice.currency)?.amountMinor ?? 0;
  if (balance <= 0) return null;
  return (
    <Notice tone="busy" title={`You have ${formatMoney(balance, invoice.currency)} of credit`}>
      <Button
        size="compact-sm"
        variant="default"
        loading={apply.isPending}
        onClick={() => apply.mutate({ path: { id: invoice.id } })}
      >
        Use it for this invoice
      </Button>
    </Notice>
  );
}
