import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { send, useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ExpiryBadge } from '../../payments/expiry-badge.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page, PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { Section } from '../../ui/section.tsx';

type SavedMethods = Api<'SavedMethods'>;
type SavedMethod = SavedMethods['items'][number];

export function PaymentMethodsPage() {
  const saved = useApiQuery('/api/v1/portal/saved-methods', {});
  if (saved.error) return <PageError error={saved.error} onRetry={() => void saved.refetch()} />;
  if (!saved.data) return <PageLoading />;
  const { items, savedWith } = saved.data;
  return (
    <Page
      size="md"
      title="Payment methods"
      subtitle="What invoices are charged to when they are due, so that nothing stops."
      actions={savedWith.map((gateway) => (
        <AddMethod key={gateway.id} gateway={gateway} alone={savedWith.length === 1} />
      ))}
    >
      <Section title="Saved">
        {items.length === 0 ? (
          <EmptyState
            icon={IconCreditCard}
            title="Nothing is saved"
            text={
              savedWith.length > 0
                ? 'Add a card and invoices are paid by themselves. The card number stays with the payment provider.'
                : 'This shop does not charge saved cards. Invoices are paid one by one.'
            }
          />
        ) : (
          <Stack gap="md">
            {items.map((method) => (
              <Method key={method.id} method={method} />
            ))}
          </Stack>
        )}
      </Section>
    </Page>
  );
}

/** The card is typed in at the provider, which sends the customer back to this page. */
function AddMethod({ gateway, alone }: { gateway: SavedMethods['savedWith'][number]; alone: boolean }) {
  const open = useApiMutation('post', '/api/v1/portal/saved-methods', {
    onSuccess: ({ url }) => window.location.assign(url),
    onError: notifyProblem,
  });
  return (
    <Button loading={open.isPending} onClick={() => open.mutate({ body: { gatewayId: gateway.id } })}>
      {alone ? 'Add a card' : `Add with ${gateway.name}`}
    </Button>
  );
}

function Method({ method }: { method: SavedMethod }) {
  const path = { id: method.id };
  const makeDefault = useApiMutation('post', '/api/v1/portal/saved-methods/{id}/default', {
    onSuccess: () => notifySuccess(`Invoices are charged to ${method.label} from now on.`),
    onError: notifyProblem,
  });
  const remove = () =>
    confirm({
      title: `Remove ${method.label}?`,
      body: method.isDefault
        ? 'Invoices are no longer paid by themselves, unless another one is saved.'
        : 'It can be added again at any time.',
      confirmLabel: 'Remove',
      tone: 'danger',
      run: () => send('delete', '/api/v1/portal/saved-methods/{id}', { path }),
    });
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {method.label}
          </Text>
          {method.isDefault && (
            <Badge variant="light" tt="none" fw={550}>
              Charged first
            </Badge>
          )}
          <ExpiryBadge expiresIn={method.expiresIn} />
        </Group>
        <Text size="sm" c="dimmed">
          {method.gatewayName}
        </Text>
      </div>
      <Group gap="xs">
        {!method.isDefault && (
          <Button
            variant="default"
            size="xs"
            loading={makeDefault.isPending}
            onClick={() => makeDefault.mutate({ path })}
            aria-label={`Charge ${method.label} first`}
          >
            Charge first
          </Button>
        )}
        <Button variant="default" size="xs" onClick={remove} aria-label={`Remove ${method.label}`}>
          Remove
        </Button>
      </Group>
    </Group>
  );
}
