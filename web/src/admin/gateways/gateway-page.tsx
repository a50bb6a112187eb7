import { NumberInput, Stack, Switch } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { DeclaredFields, declaredValues, filledIn } from '../../ui/declared-fields.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { NotFoundPage } from '../../ui/not-found-page.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { GatewayTest } from './gateway-test.tsx';
import { GatewayWebhook } from './gateway-webhook.tsx';

export function GatewayPage() {
  const id = useRouteId();
  const gateways = useApiQuery('/api/v1/gateways', {});
  return (
    <Loaded query={gateways}>
      {({ items }) => {
        const gateway = items.find((candidate) => candidate.id === id);
        return gateway ? <GatewaySettings key={gateway.id} gateway={gateway} /> : <NotFoundPage />;
      }}
    </Loaded>
  );
}

function GatewaySettings({ gateway }: { gateway: Api<'Gateway'> }) {
  const navigate = useNavigate();
  const form = useApiForm({
    initialValues: {
      enabled: gateway.enabled,
      position: gateway.position as number | '',
      settings: declaredValues(gateway.fields, gateway.settings),
    },
    send: ({ enabled, position, settings }) =>
      send('put', '/api/v1/gateways/{id}', {
        path: { id: gateway.id },
        body: { enabled, position: Number(position), settings: filledIn(settings) },
      }),
    onDone: async () => {
      notifySuccess(`${gateway.name} is saved.`);
      await navigate({ to: '/admin/gateways' });
    },
  });
  return (
    <Page
      title={gateway.name}
      subtitle={gateway.description}
      size="sm"
      breadcrumbs={[{ label: 'Gateways', href: '/admin/gateways' }]}
    >
      <Stack gap="lg">
        <Section title="Settings">
          <FormShell
            form={form}
            guarded
            submitLabel="Save gateway"
            secondary={
              <ButtonLink variant="default" href="/admin/gateways">
                Cancel
              </ButtonLink>
            }
          >
            <Stack>
              <Switch label="Offer it at checkout" {...form.getInputProps('enabled', { type: 'checkbox' })} />
              <DeclaredFields
                fields={gateway.fields}
                form={form}
                prefix="settings"
                masked={Object.keys(gateway.settings).length > 0}
              />
              <NumberInput
                label="Position"
                description="Lower is offered first."
                allowDecimal={false}
                {...form.getInputProps('position')}
              />
              {gateway.canTest && <GatewayTest gateway={gateway} settings={filledIn(form.values.settings)} />}
            </Stack>
          </FormShell>
        </Section>
        {gateway.webhook && <GatewayWebhook webhook={gateway.webhook} />}
      </Stack>
    </Page>
  );
}
