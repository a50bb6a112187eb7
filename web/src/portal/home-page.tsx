import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useApiMutation, useApiQuery } from '../api/client.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink, TextLink } from '../ui/links.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../ui/notify.tsx';
import { Page, PageError, PageLoading } from '../ui/page.tsx';
import { useSession } from '../ui/session.tsx';
import { formatDay } from '../ui/time.tsx';
import { ServiceTile } from './service-tile.tsx';

/** Shown at once; the rest is one press away. */
const SERVICES_SHOWN = 6;

export function HomePage() {
  const { user } = useSession();
  const services = useApiQuery('/api/v1/portal/services', { query: { limit: SERVICES_SHOWN } });
  const name = user?.name.split(' ')[0];
  return (
    <Page title={name ? `Hello, ${name}` : 'Hello'} subtitle="Your hosting at a glance.">
      <Stack gap="lg">
        <UnconfirmedEmail />
        <UnpaidInvoices />
        {services.error && <PageError error={services.error} onRetry={() => void services.refetch()} />}
        {services.isPending && <PageLoading blocks={1} />}
        {services.data?.items.length === 0 && (
          <EmptyState
            icon={IconServer2}
            title="No hosting yet"
            text="Choose a plan and it is set up as soon as it is paid."
            action={<ButtonLink href="/">See what is on offer</ButtonLink>}
          />
        )}
        {services.data && services.data.items.length > 0 && (
          <>
            <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
              {services.data.items.map((service) => (
                <ServiceTile key={service.id} service={service} />
              ))}
            </SimpleGrid>
            {services.data.total > SERVICES_SHOWN && (
              <TextLink href="/portal/services">All {services.data.total} services</TextLink>
            )}
          </>
        )}
      </Stack>
    </Page>
  );
}

function UnconfirmedEmail() {
  const { user } = useSession();
  const resend = useApiMutation('post', '/api/v1/confirm-email/send', {
    onSuccess: () => notifySuccess('The link is on its way.'),
    onError: notifyProblem,
  });
  if (!user || user.emailVerified) return null;
  return (
    <Notice tone="busy" title="Please confirm your e-mail address">
      <Group gap="sm">
        <Text size="sm">We sent a link to {user.email}.</Text>
        <Button size="compact-sm" variant="default" loading={resend.isPending} onClick={() => resend.mutate({})}>
          Send it again
        </Button>
      </Group>
    </Notice>
  );
}

function UnpaidInvoices() {
  const { data } = useApiQuery('/api/v1/portal/invoices', { query: { state: 'unpaid', limit: 3 } });
  if (!data || data.items.length === 0) return null;
  return (
    <Notice
      tone="warn"
      title={data.total === 1 ? 'One invoice waits for payment' : `${data.total} invoices wait for payment`}
    >
      <Stack gap={4}>
        {data.items.map((invoice) => (
          <Text size="sm" key={invoice.id}>
            <TextLink href={`/portal/invoices/${invoice.id}`} size="sm" fw={550}>
              {invoice.number}
            </TextLink>
            {`: ${formatMoney(invoice.dueMinor, invoice.currency)}, due ${formatDay(invoice.dueOn)}`}
          </Text>
        ))}
      </Stack>
    </Notice>
  );
}
