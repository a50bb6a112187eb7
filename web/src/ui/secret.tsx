import { ActionIcon, Code, Group } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyButton } from './copy-button.tsx';

/** A secret that the page holds already, covered until somebody asks to see it. */
export function Secret({ value, label }: { value: string; label: string }) {
  const [shown, setShown] = useState(false);
  return (
    <Group gap={4} wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }}>{shown ? value : '•'.repeat(12)}</Code>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-pressed={shown}
        aria-label={shown ? `Hide ${label}` : `Show ${label}`}
        onClick={() => setShown(!shown)}
      >
        {shown ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
      </ActionIcon>
      <CopyButton value={value} label={label} />
    </Group>
  );
}
