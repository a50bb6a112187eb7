import { Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { RequireCustomer } from '../ui/guards.tsx';
import { ButtonLink, TextLink } from '../ui/links.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { useSession } from '../ui/session.tsx';
import { isOver, useProgress } from '../ui/use-progress.ts';
import { ProgressPayment } from './progress-payment.tsx';
import { ProgressService } from './progress-service.tsx';

type Order = Api<'OwnOrder'>;
type Progress = Api<'OrderProgress'>;

/** From placed to ready, as it happens. A payment that did not go through is taken again here. */
export function ProgressPage() {
  const { orderId = '' } = useParams({ strict: false }) as { orderId?: string };
  return (
    <RequireCustomer framed>
      <Loaded orderId={orderId} />
    </RequireCustomer>
  );
}

function Loaded({ orderId }: { orderId: string }) {
  const order = useApiQuery('/api/v1/portal/orders/{id}', { path: { id: orderId } });
  const live = useProgress(orderId, 'portal', order.data !== undefined && !isOver(order.data.progress));
  if (order.error) return <PageError error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data) return <PageLoading />;
  return <Progressing order={order.data} progress={live ?? order.data.progress} />;
}

function Progressing({ order, progress }: { order: Order; progress: Progress }) {
  const { customerRights } = useSession();
  const { title, text } = headline(progress);
  const ready = title === READY;
  const [service] = progress.services;
  return (
    <Page
      size="sm"
      title={title}
      subtitle={
        <span aria-live="polite">
          {text}{' '}
          {customerRights.includes('billing') ? (
            <TextLink href={`/portal/invoices/${order.invoiceId}`} className="ui-whole">
              Invoice {order.invoiceNumber}
            </TextLink>
          ) : (
            `Invoice ${order.invoiceNumber}`
          )}
          , {formatMoney(order.totalMinor, order.currency)}.
        </span>
      }
      badge={
        ready && (
          <ThemeIcon color="green" radius="xl" size={32} aria-hidden>
            <IconCheck size={20} stroke={2.6} />
          </ThemeIcon>
        )
      }
    >
      <Stack gap="lg">
        {progress.invoiceState === 'unpaid' && <ProgressPayment order={order} progress={progress} />}
        {progress.services.map((item) => (
          <ProgressService key={item.serviceId} service={item} paid={progress.invoiceState === 'paid'} />
        ))}
        {ready && service && (
          <Group>
            <ButtonLink
              size="md"
              href={progress.services.length === 1 ? `/portal/services/${service.serviceId}` : '/portal/services'}
            >
              Go to your {progress.services.length === 1 ? 'service' : 'services'}
            </ButtonLink>
          </Group>
        )}
        {!ready && (
          <Text size="sm" c="dimmed">
            You may close this page: it goes on without you, and we write to you when it is done.
          </Text>
        )}
      </Stack>
    </Page>
  );
}

const READY = 'Your hosting is ready';

function headline(progress: Progress): { title: string; text: string } {
  if (progress.orderState === 'cancelled')
    return { title: 'This order was cancelled', text: 'Nothing more will happen here.' };
  if (progress.services.length > 0 && progress.services.every((service) => service.state === 'active')) {
    return { title: READY, text: 'Everything is set up. Login details are in your inbox and on the service’s page.' };
  }
  if (progress.invoiceState === 'paid')
    return { title: 'Setting up your hosting', text: 'Paid, thank you. This usually takes less than a minute.' };
  if (progress.paymentState === 'pending' || progress.paymentState === 'unknown') {
    return { title: 'Waiting for your payment', text: 'We go on by ourselves as soon as it is confirmed.' };
  }
  return { title: 'Your order is placed', text: 'It starts as soon as it is paid.' };
}
