import { SimpleGrid, Stack, Text } from '@mantine/core';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { Money } from '../../ui/money.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Steps } from '../../ui/steps.tsx';
import { Instant, Seconds } from '../../ui/time.tsx';
import { useProgress } from '../../ui/use-progress.ts';
import { DialogButton } from '../shared/dialog-button.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { NoteForm } from '../shared/note-form.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CustomerLink, InvoiceLink, OperationLink, ServiceLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { OrderTrace } from './order-trace.tsx';

const TRACE_REFRESH_MS = 5000;

export function OrderPage() {
  const id = useRouteId();
  const order = useApiQuery('/api/v1/orders/{id}', { path: { id } }, { refetchInterval: TRACE_REFRESH_MS });
  return <Loaded query={order}>{(data) => <Order order={data} />}</Loaded>;
}

function Order({ order }: { order: Api<'Order'> }) {
  const roleRefusal = useRoleRefusal();
  const underWay = order.state === 'placed' || order.state === 'paid';
  const progress = useProgress(order.id, 'admin', underWay) ?? order.progress;
  return (
    <Page
      title={`Order #${order.number}`}
      badge={<StateBadge state={progress.orderState} />}
      subtitle={
        <>
          Placed <Instant at={order.placedAt} /> {order.placedByStaff ? 'by staff for' : 'by'} {order.customerName}
        </>
      }
      breadcrumbs={[{ label: 'Orders', href: '/admin/orders' }]}
      actions={
        <DialogButton
          label="Cancel order"
          title={`Cancel order #${order.number}?`}
          refusal={roleRefusal('orders:write') ?? order.cancelRefusal}
        >
          {(close) => (
            <NoteForm
              explanation="Services that were not made yet are cancelled. An unpaid invoice is voided; money paid for them becomes credit."
              label="Reason"
              submitLabel="Cancel order"
              send={(note) => send('post', '/api/v1/orders/{id}/cancel', { path: { id: order.id }, body: { note } })}
              onDone={() => {
                close();
                notifySuccess('The order is cancelled.');
              }}
            />
          )}
        </DialogButton>
      }
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
        <Stack gap="lg">
          <Section title="Order">
            <Facts
              rows={[
                ['Customer', <CustomerLink key="customer" id={order.customerId} name={order.customerName} />],
                ['Total', <Money key="total" minor={order.totalMinor} currency={order.currency} />],
                ['Invoice', <InvoiceLink key="invoice" id={order.invoiceId} name={order.invoiceNumber} />],
                ['Invoice is', <StateBadge key="paid" state={progress.invoiceState} />],
                [
                  'Last payment',
                  progress.paymentState ? <StateBadge key="pay" state={progress.paymentState} /> : 'None tried',
                ],
                [
                  'Trace',
                  <Text key="trace" span size="xs" ff="monospace">
                    {order.correlationId}
                  </Text>,
                ],
              ]}
            />
          </Section>
          {progress.services.map((service) => (
            <ServiceProgress key={service.serviceId} service={service} />
          ))}
        </Stack>
        <OrderTrace trace={order.trace} />
      </SimpleGrid>
    </Page>
  );
}

function ServiceProgress({ service }: { service: Api<'OrderProgress'>['services'][number] }) {
  return (
    <Section
      title={service.domain}
      description={
        <>
          {service.productName}
          {service.seconds !== null && (
            <>
              , <Seconds seconds={service.seconds} />
              {service.state === 'pending' && ' so far'}
            </>
          )}
        </>
      }
      actions={<StateBadge state={service.operationState ?? service.state} />}
    >
      <Stack gap="md">
        {service.message && <Text size="sm">{service.message}</Text>}
        {service.steps.length > 0 ? (
          <Steps steps={service.steps} audience="staff" />
        ) : (
          <Text size="sm" c="dimmed">
            Starts once the order is paid.
          </Text>
        )}
        <Text size="sm">
          <ServiceLink id={service.serviceId} name="Open service" />
          {service.operationId && (
            <>
              {' · '}
              <OperationLink id={service.operationId} name="Open operation" />
            </>
          )}
        </Text>
      </Stack>
    </Section>
  );
}
