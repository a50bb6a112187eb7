import { Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useApiQuery } from '../api/client.ts';
import { Section } from '../ui/section.tsx';

/** Disk and traffic as the panel says now. A panel that cannot say is no reason to worry anybody. */
export function ServiceUsage({ serviceId }: { serviceId: string }) {
  const usage = useApiQuery('/api/v1/portal/services/{id}/usage', { path: { id: serviceId } }, { staleTime: 60_000 });
  const known = usage.data && (usage.data.diskUsedMb !== null || usage.data.bandwidthUsedMb !== null);
  return (
    <Section title="Usage">
      {usage.isPending && <Skeleton h={64} />}
      {usage.error && (
        <Text size="sm" c="dimmed">
          The server does not answer right now. {usage.error.status === 409 ? usage.error.detail : ''}
        </Text>
      )}
      {usage.data && !known && (
        <Text size="sm" c="dimmed">
          This plan does not measure usage.
        </Text>
      )}
      {usage.data && known && (
        <Stack>
          <Meter label="Disk" usedMb={usage.data.diskUsedMb} limitMb={usage.data.diskLimitMb} />
          <Meter label="Traffic this month" usedMb={usage.data.bandwidthUsedMb} limitMb={usage.data.bandwidthLimitMb} />
        </Stack>
      )}
    </Section>
  );
}

/** From this share on a meter warns. */
const NEARLY_FULL = 90;

function Meter({ label, usedMb, limitMb }: { label: string; usedMb: number | null; limitMb: number | null }) {
  const id = useId();
  if (usedMb === null) return null;
  const percent = limitMb ? Math.min(100, (usedMb / limitMb) * 100) : 0;
  return (
    <div>
      <Text size="sm" mb={6} id={id} style={{ display: 'flex', justifyContent: 'space-between' }}>
        <span>{label}</span>
        <span className="ui-numbers">
          {formatMegabytes(usedMb)} {limitMb ? `of ${formatMegabytes(limitMb)}` : 'used, without limit'}
        </span>
      </Text>
      {limitMb !== null && limitMb > 0 && (
        <Progress.Root size="md" radius="xl">
          <Progress.Section
            value={percent}
            aria-labelledby={id}
            color={percent >= NEARLY_FULL ? 'orange' : undefined}
          />
        </Progress.Root>
      )}
    </div>
  );
}

const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const formatMegabytes = (megabytes: number) =>
  megabytes >= 1024 ? `${number.format(megabytes / 1024)} GB` : `${number.format(megabytes)} MB`;
