import { SimpleGrid, Stack } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useApiQuery } from '../api/client.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink, TextLink } from '../ui/links.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { useSession } from '../ui/session.tsx';
import { ServiceTile } from './service-tile.tsx';
import { ToDo } from './to-do.tsx';

/** Shown at once; the rest is one press away. */
const SERVICES_SHOWN = 6;

export function HomePage() {
  const { user } = useSession();
  const services = useApiQuery('/api/v1/portal/services', { query: { limit: SERVICES_SHOWN } });
  const name = user?.name.split(' ')[0];
  return (
    <Page title={name ? `Hello, ${name}` : 'Hello'} subtitle="Your hosting at a glance.">
      <Stack gap="lg">
        <ToDo />
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
