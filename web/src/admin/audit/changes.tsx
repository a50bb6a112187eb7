import { Text } from '@mantine/core';

/** What an audit entry changed, as `name: before → after`; values that stayed the same are left out. */
export function Changes({ before, after }: { before?: unknown; after?: unknown }) {
  const old = asRecord(before);
  const now = asRecord(after);
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => text(old[name]) !== text(now[name]),
  );
  if (names.length === 0) return <>–</>;
  return names.map((name) => (
    <Text key={name} size="xs" style={{ overflowWrap: 'anywhere' }}>
      <Text span c="dimmed" inherit>
        {name}:{' '}
      </Text>
      {name in old && <>{text(old[name])} → </>}
      {text(now[name])}
    </Text>
  ));
}

const asRecord = (value: unknown) =>
  (value !== null && typeof value === 'object' ? value : {}) as Record<string, unknown>;

function text(value: unknown): string {
  if (value === undefined) return 'removed';
  if (value === null || value === '') return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
