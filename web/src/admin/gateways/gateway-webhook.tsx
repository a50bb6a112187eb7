import { Code, Group, Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/section.tsx';
import { Instant } from '../../ui/time.tsx';

/** What is to be set up at the provider, so that it tells of payments, and whether it has. */
export const GatewayWebhook = ({ webhook }: { webhook: NonNullable<Api<'Gateway'>['webhook']> }) => (
  <Section
    title="Webhook"
    description="Make one at the provider with this address and these events, and enter its signing secret above."
  >
    <Facts
      rows={[
        [
          'Address',
          <Group key="url" gap={4} wrap="nowrap">
            <Code style={{ overflowWrap: 'anywhere' }}>{webhook.url}</Code>
            <CopyButton value={webhook.url} label="webhook address" />
          </Group>,
        ],
        [
          'Events',
          <Group key="events" gap={4}>
            {webhook.events.map((event) => (
              <Code key={event}>{event}</Code>
            ))}
          </Group>,
        ],
        [
          'Last message',
          webhook.lastReceivedAt ? (
            <Instant key="last" at={webhook.lastReceivedAt} />
          ) : (
            <Text key="last" span size="sm">
              None yet
            </Text>
          ),
        ],
      ]}
    />
  </Section>
);
