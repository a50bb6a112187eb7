import { Badge, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { keyState, WHY_REVOKED } from '../../ui/key-state.ts';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Instant } from '../../ui/time.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { NewApiKey } from './new-api-key.tsx';

type Key = Api<'ApiKey'>;

export function ApiKeysPage() {
  const keys = useApiQuery('/api/v1/api-keys', {});
  const add = (
    <DialogButton label="Make an API key" variant="filled" refusal={null}>
      {(close) => <NewApiKey onDone={close} />}
    </DialogButton>
  );
  return (
    <Page title="API keys" subtitle="Your own keys. A key never may more than you do." actions={add}>
      <Loaded query={keys}>
        {({ items }) => (
          <ListTable
            label="API keys"
            rows={items}
            rowKey={(key) => key.id}
            columns={[
              { key: 'name', header: 'Name', cell: (key) => key.name },
              { key: 'prefix', header: 'Begins with', cell: (key) => <code>{key.prefix}…</code> },
              { key: 'state', header: 'State', cell: (key) => <KeyState apiKey={key} /> },
              {
                key: 'scopes',
                header: 'May',
                hideOnPhone: true,
                cell: (key) => (
                  <Group gap={4}>
                    {key.scopes.map((scope) => (
                      <Badge key={scope} variant="default" tt="none" fw={500}>
                        {scope}
                      </Badge>
                    ))}
                  </Group>
                ),
              },
              {
                key: 'used',
                header: 'Last used',
                cell: (key) => (key.lastUsedAt ? <Instant at={key.lastUsedAt} /> : 'Never'),
              },
              {
                key: 'expires',
                header: 'Expires',
                hideOnPhone: true,
                cell: (key) => (key.expiresAt ? <Instant at={key.expiresAt} /> : 'Never'),
              },
              {
                key: 'actions',
                header: '',
                align: 'end',
                cell: (key) =>
                  keyState(key) === 'active' && (
                    <ActionButton size="xs" variant="default" refusal={null} onClick={() => askToRevoke(key)}>
                      Revoke
                    </ActionButton>
                  ),
              },
            ]}
            empty={
              <EmptyState
                icon={IconKey}
                title="No API keys yet"
                text="A key lets a program act for you."
                action={add}
              />
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

const KeyState = ({ apiKey }: { apiKey: Key }) => (
  <>
    <StateBadge state={keyState(apiKey)} />
    {apiKey.revokedReason && (
      <Text size="xs" c="dimmed">
        {WHY_REVOKED[apiKey.revokedReason]}
      </Text>
    )}
  </>
);

const askToRevoke = (key: Key) =>
  confirm({
    title: `Revoke ${key.name}?`,
    body: 'Programs that use it are refused from now on.',
    confirmLabel: 'Revoke',
    tone: 'danger',
    run: () => send('delete', '/api/v1/api-keys/{id}', { path: { id: key.id } }),
  });
