import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useApiQuery } from '../../api/client.ts';
import { PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { ServiceLink } from '../shared/room-links.tsx';

/** Accounts the panel has beside what we know. Asked for on demand: on a large panel the answer takes a while. */
export function ServerAccounts({ serverId }: { serverId: string }) {
  const [wanted, setWanted] = useState(false);
  const accounts = useApiQuery('/api/v1/servers/{id}/accounts', { path: { id: serverId } }, { enabled: wanted });
  const load = () => (wanted ? void accounts.refetch() : setWanted(true));
  return (
    <Section
      title="Accounts on the panel"
      description="What the panel has, beside what is known here."
      flush={accounts.data !== undefined}
      actions={
        <Button size="xs" variant="default" loading={accounts.isFetching} onClick={load}>
          {wanted ? 'Ask again' : 'Ask the panel'}
        </Button>
      }
    >
      {!wanted && (
        <Text size="sm" c="dimmed">
          Not asked yet. On a large panel the answer takes a while.
        </Text>
      )}
      {accounts.error && <PageError error={accounts.error} />}
      {accounts.isLoading && <PageLoading blocks={1} />}
      {accounts.data && (
        <ListTable
          flush
          label="Accounts on the panel"
          rows={accounts.data.items}
          rowKey={(account) => account.username}
          columns={[
            { key: 'username', header: 'User name', cell: (account) => account.username },
            { key: 'domain', header: 'Domain', cell: (account) => account.domain },
            { key: 'package', header: 'Package', cell: (account) => account.package },
            {
              key: 'state',
              header: 'State',
              cell: (account) => <StateBadge state={account.suspended ? 'suspended' : 'active'} />,
            },
            {
              key: 'service',
              header: 'Service',
              cell: (account) =>
                account.serviceId ? <ServiceLink id={account.serviceId} name="Open service" /> : 'Not ours',
            },
          ]}
          empty={
            <Text size="sm" c="dimmed" p="lg">
              The panel has no accounts.
            </Text>
          }
        />
      )}
    </Section>
  );
}
