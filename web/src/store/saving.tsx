import { Badge } from '@mantine/core';

/** What a longer cycle spares; nothing when it spares nothing. */
export const Saving = ({ percent }: { percent: number }) =>
  percent > 0 ? (
    <Badge variant="light" color="green" tt="none" fz={12} radius="sm" style={{ flexShrink: 0 }}>
      Save {percent}%
    </Badge>
  ) : null;
