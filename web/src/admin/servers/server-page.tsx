import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { send, useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { Notice } from '../../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import { Instant } from '../../ui/time.tsx';
import { PanelCallsTable } from '../panel-log/panel-calls-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { useRouteId } from '../shared/use-route-id.ts';
import { TLS_MODE_WORDS } from '../shared/words.ts';
import { ConnectionReport } from './connection-report.tsx';
import { HealthBadge } from './health-badge.tsx';
import { Places } from './places.tsx';
import { ServerAccounts } from './server-accounts.tsx';

const REFRESH_MS = 10_000;

export function ServerPage() {
  const id = useRouteId();
  const server = useApiQuery('/api/v1/servers/{id}', { path: { id } }, { refetchInterval: REFRESH_MS });
  return <Loaded query={server}>{(data) => <ServerDetail server={data} />}</Loaded>;
}

function ServerDetail({ server }: { server: Api<'Server'> }) {
  const can = useCan();
  const path = { id: server.id };
  const test = useApiMutation('post', '/api/v1/servers/{id}/test', { onError: notifyProblem });
  return (
    <Page
      title={server.name}
      badge={<HealthBadge server={server} />}
      subtitle={`${server.moduleName} at ${server.hostname}`}
      breadcrumbs={[{ label: 'Servers', href: '/admin/servers' }]}
      actions={<ServerActions server={server} testing={test.isPending} onTest={() => test.mutate({ path })} />}
    >
      <Stack gap="lg">
        <BreakerNotice server={server} />
        {test.data && (
          <Section title="Connection test">
            <ConnectionReport report={test.data} />
          </Section>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Section title="Connection">
            <Facts
              rows={[
                ['Panel', server.moduleName],
                ['Address', `${server.hostname}:${server.port}`],
                ['Certificate', TLS_MODE_WORDS[server.tlsMode]],
                ['Calls at once', server.concurrency],
                ['Last answer', <Instant key="last" at={server.lastSuccessAt} />],
                ['Added', <Instant key="added" at={server.createdAt} />],
              ]}
            />
          </Section>
          <Section title="Placing">
            <Facts
              rows={[
                ['Group', server.groupName],
                ['Accounts', <Places key="places" server={server} />],
                ['Weight', server.weight],
                ['New accounts', server.maintenance ? 'None, it is in maintenance' : 'Yes'],
                ...(server.fullUntil
                  ? [
                      ['The panel said it is full; asked again', <Instant key="full" at={server.fullUntil} />] as [
                        string,
                        ReactNode,
                      ],
                    ]
                  : []),
                [
                  'Nameservers',
                  <Text key="nameservers" span size="sm" style={{ whiteSpace: 'pre-line' }}>
                    {server.nameservers.join('\n') || '–'}
                  </Text>,
                ],
              ]}
            />
          </Section>
        </SimpleGrid>
        <ServerAccounts serverId={server.id} />
        {can('operations:read') && (
          <Section title="Panel calls" flush>
            <PanelCallsTable of={{ serverId: server.id }} />
          </Section>
        )}
      </Stack>
    </Page>
  );
}

function ServerActions(props: { server: Api<'Server'>; testing: boolean; onTest: () => void }) {
  const { server, testing, onTest } = props;
  const roleRefusal = useRoleRefusal();
  const role = roleRefusal('servers:write');
  const retire = () =>
    confirm({
      title: `Retire ${server.name}?`,
      body: 'It is hidden and takes no new accounts. Only a server without live accounts can be retired.',
      confirmLabel: 'Retire',
      tone: 'danger',
      run: () => send('post', '/api/v1/servers/{id}/archive', { path: { id: server.id } }),
    });
  return (
    <>
      <ActionButton
        variant="default"
        refusal={role ?? (server.archivedAt ? 'It is retired already.' : null) ?? liveAccounts(server)}
        onClick={retire}
      >
        Retire
      </ActionButton>
      <ActionButton variant="default" refusal={null} loading={testing} onClick={onTest}>
        Test connection
      </ActionButton>
      {role === null && <ButtonLink href={`/admin/servers/${server.id}/edit`}>Edit</ButtonLink>}
    </>
  );
}

const liveAccounts = ({ accounts }: Api<'Server'>) =>
  accounts > 0 ? `It still has ${accounts} live account${accounts === 1 ? '' : 's'}.` : null;

function BreakerNotice({ server }: { server: Api<'Server'> }) {
  const roleRefusal = useRoleRefusal();
  const close = useApiMutation('post', '/api/v1/servers/{id}/close-breaker', {
    onSuccess: () => notifySuccess('The next call goes through; waiting operations follow if it succeeds.'),
    onError: notifyProblem,
  });
  if (server.health !== 'open') return null;
  return (
    <Notice tone="bad" title="This server does not answer; its operations wait">
      <Stack gap="sm" align="flex-start">
        {server.breakerReason && <Text size="sm">{server.breakerReason}</Text>}
        <Text size="sm">
          Tried again <Instant at={server.breakerOpenUntil} />. No attempts are spent while it waits.
        </Text>
        <ActionButton
          size="xs"
          variant="default"
          loading={close.isPending}
          refusal={roleRefusal('servers:write')}
          onClick={() => close.mutate({ path: { id: server.id } })}
        >
          Try now
        </ActionButton>
      </Stack>
    </Notice>
  );
}
