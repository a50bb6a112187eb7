import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Tone } from './theme.ts';

const LOOKS = {
  good: { color: 'green', icon: IconCircleCheck },
  bad: { color: 'red', icon: IconAlertTriangle },
  warn: { color: 'orange', icon: IconAlertTriangle },
  busy: { color: 'brand', icon: IconInfoCircle },
  quiet: { color: 'gray', icon: IconInfoCircle },
} as const satisfies Record<Tone, object>;

interface NoticeProps {
  tone: Tone;
  title?: string;
  /** Read out as soon as it appears: for what just happened, not for standing remarks. */
  live?: boolean;
  children?: ReactNode;
}

/** A remark inside a page that stays until its cause is gone. */
export function Notice({ tone, title, live = false, children }: NoticeProps) {
  const { color, icon: Icon } = LOOKS[tone];
  return (
    <Alert
      color={color}
      title={title}
      icon={<Icon aria-hidden />}
      role={live ? 'alert' : 'note'}
      style={{ overflowWrap: 'anywhere' }}
    >
      {children}
    </Alert>
  );
}
