import { Button, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { UnconfirmedEmail } from '../account/unconfirmed-email.tsx';
import { send, useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { confirm } from '../ui/confirm.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { keyState, WHY_REVOKED } from '../ui/key-state.ts';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { Section } from '../ui/section.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Minute } from '../ui/time.tsx';
import { KEY_WORDS } from './key-scopes.ts';
import { NewApiKey } from './new-api-key.tsx';
import { CUSTOMER_ROLE_WORDS } from './users/customer-roles.ts';

export function ApiKeysPage() {
  const keys = useApiQuery('/api/v1/api-keys', {});
  if (keys.error) return <PageError error={keys.error} onRetry={() => void keys.refetch()} />;
  if (!keys.data) return <PageLoading />;
  return (
    <Page title="API keys" subtitle="Let your own programs read your services and invoices, and act for you." size="md">
      <Stack gap="lg">
        <UnconfirmedEmail waits="Until then no keys can be made." />
        <NewApiKey />
        <Section title="Your keys">
          {keys.data.items.length === 0 ? (
            <EmptyState icon={IconKey} title="No keys yet" text="Make one above. It can be revoked at any time." />
          ) : (
            <Stack gap="md">
              {keys.data.items.map((key) => (
                <ApiKey key={key.id} apiKey={key} />
              ))}
            </Stack>
          )}
        </Section>
      </Stack>
    </Page>
  );
}

function ApiKey({ apiKey }: { apiKey: Api<'ApiKey'> }) {
  const revoke = () =>
    confirm({
      title: `Revoke ${apiKey.name}?`,
      body: 'Programs that use it are refused from now on. This cannot be taken back.',
      confirmLabel: 'Revoke',
      tone: 'danger',
      run: () => send('delete', '/api/v1/api-keys/{id}', { path: { id: apiKey.id } }),
    });
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Text size="sm" fw={550}>
          {apiKey.name}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {apiKey.prefix}… · {KEY_WORDS[apiKey.scopes[0] ?? ''] ?? 'Nothing'} · made <Minute at={apiKey.createdAt} />
          {apiKey.maker && ` by ${apiKey.maker.name}`} ·{' '}
          {apiKey.lastUsedAt ? (
            <>
              last used <Minute at={apiKey.lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
          {apiKey.expiresAt && (
            <>
              {' '}
              · works until <Minute at={apiKey.expiresAt} />
            </>
          )}
        </Text>
        <KeyTrouble apiKey={apiKey} />
      </div>
      {keyState(apiKey) !== 'active' ? (
        <StateBadge state={keyState(apiKey)} />
      ) : (
        <Button variant="default" size="xs" onClick={revoke} aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      )}
    </Group>
  );
}

/** What its name and scope do not tell: that it may less than it says, or why it was revoked. */
function KeyTrouble({ apiKey: { maker, revokedReason } }: { apiKey: Api<'ApiKey'> }) {
  const trouble = revokedReason
    ? `${WHY_REVOKED[revokedReason]}.`
    : maker && maker.role !== 'owner'
      ? `May no more than ${maker.name} may now: ${CUSTOMER_ROLE_WORDS[maker.role].name}.`
      : null;
  return trouble && <Text size="sm">{trouble}</Text>;
}
