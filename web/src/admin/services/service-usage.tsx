import { Progress, Stack, Text } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import { PageError } from '../../ui/page-error.tsx';

const numberFormat = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const FRESH_MS = 300_000;

/** Disk and traffic as the panel says. It costs a call to the panel, so it may be missing when the panel is slow. */
export function ServiceUsage({ serviceId }: { serviceId: string }) {
  const usage = useApiQuery('/api/v1/services/{id}/usage', { path: { id: serviceId } }, { staleTime: FRESH_MS });
  if (usage.error) return <PageError error={usage.error} onRetry={() => void usage.refetch()} />;
  if (!usage.data)
    return (
      <Text size="sm" c="dimmed">
        Asking the panel for usage…
      </Text>
    );
  return (
    <Stack gap="sm">
      <Meter label="Disk" used={usage.data.diskUsedMb} limit={usage.data.diskLimitMb} />
      <Meter label="Traffic" used={usage.data.bandwidthUsedMb} limit={usage.data.bandwidthLimitMb} />
    </Stack>
  );
}

function Meter({ label, used, limit }: { label: string; used: number | null; limit: number | null }) {
  if (used === null) return null;
  const text = `${label}: ${megabytes(used)} of ${limit === null ? 'unlimited' : megabytes(limit)}`;
  return (
    <div>
      <Text size="sm" mb={4}>
        {text}
      </Text>
      {limit !== null && limit > 0 && (
        <Progress value={Math.min(100, (used / limit) * 100)} aria-label={text} size="sm" />
      )}
    </div>
  );
}

const megabytes = (value: number) =>
  value >= 1024 ? `${numberFormat.format(value / 1024)} GB` : `${numberFormat.format(value)} MB`;
