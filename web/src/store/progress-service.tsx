import { Text } from '@mantine/core';
import type { Api } from '../api/types.ts';
import { Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Steps } from '../ui/steps.tsx';
import { formatSeconds } from '../ui/time.tsx';

interface ProgressServiceProps {
  service: Api<'OrderProgress'>['services'][number];
  paid: boolean;
}

/** One service of an order, step by step. */
export function ProgressService({ service, paid }: ProgressServiceProps) {
  const waits = service.message && service.state !== 'active';
  return (
    <Section
      title={service.domain}
      description={service.productName}
      actions={
        <StateBadge state={service.state} label={service.state === 'pending' && paid ? 'Setting up' : undefined} />
      }
    >
      {waits && (
        <div style={{ marginBottom: 16 }}>
          <Notice tone={service.operationState === 'needs_staff' ? 'warn' : 'busy'}>{service.message}</Notice>
        </div>
      )}
      {service.steps.length > 0 ? (
        <Steps steps={service.steps} audience="customer" />
      ) : (
        <Text size="sm" c="dimmed">
          {paid ? 'Starting…' : 'Starts when the order is paid.'}
        </Text>
      )}
      {service.state === 'active' && service.seconds !== null && (
        <Text size="sm" c="dimmed" mt="md">
          Ready in {formatSeconds(service.seconds)}
        </Text>
      )}
    </Section>
  );
}
