import { Stack } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Instant, Seconds } from '../../ui/time.tsx';
import { CodeBlock } from '../shared/code-block.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { OperationLink, ServerLink, ServiceLink } from '../shared/room-links.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { OutcomeBadge } from './outcome-badge.tsx';

export function PanelCallPage() {
  const id = useRouteId();
  const call = useApiQuery('/api/v1/panel-log/{id}', { path: { id } });
  return <Loaded query={call}>{(data) => <PanelCall call={data} />}</Loaded>;
}

function PanelCall({ call }: { call: Api<'PanelCallDetail'> }) {
  return (
    <Page
      title={call.label}
      subtitle={`${call.method} ${call.url}`}
      breadcrumbs={[{ label: 'Panel log', href: '/admin/panel-log' }]}
    >
      <Stack gap="lg">
        <Section title="Call">
          <Facts
            rows={[
              ['Outcome', <OutcomeBadge key="outcome" outcome={call.outcome} status={call.status} />],
              ['Took', <Seconds key="took" seconds={call.durationMs / 1000} />],
              ['When', <Instant key="when" at={call.createdAt} />],
              [
                'Server',
                call.serverId ? (
                  <ServerLink key="server" id={call.serverId} name={call.serverName ?? 'Open server'} />
                ) : (
                  'Not saved yet'
                ),
              ],
              [
                'Service',
                call.serviceId ? <ServiceLink key="service" id={call.serviceId} name="Open service" /> : 'None',
              ],
              [
                'Operation',
                call.operationId ? (
                  <OperationLink key="operation" id={call.operationId} name="Open operation" />
                ) : (
                  'None'
                ),
              ],
              ...(call.error ? ([['Error', call.error]] as [string, string][]) : []),
            ]}
          />
        </Section>
        <CodeBlock title="Request" text={call.request} />
        {call.response !== null && <CodeBlock title="Answer" text={call.response} />}
      </Stack>
    </Page>
  );
}
