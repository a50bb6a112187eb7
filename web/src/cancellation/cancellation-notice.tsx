import { Group, Text } from '@mantine/core';
import { useApiMutation } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../ui/notify.tsx';
import { formatDay } from '../ui/time.tsx';
import { CANCELLATION_DOORS, type CancellationDoor } from './cancellation-doors.ts';

interface CancellationNoticeProps {
  door: CancellationDoor;
  service: { id: string; state: string; cancellation: Api<'Cancellation'> | null };
  /** Why whoever looks may not withdraw it; null when they may. */
  refusal: string | null;
}

/** That a service was given up, until it is over; what has not begun yet can be withdrawn. */
export function CancellationNotice({ door, service, refusal }: CancellationNoticeProps) {
  const withdraw = useApiMutation('post', CANCELLATION_DOORS[door].withdraw, {
    onSuccess: () => notifySuccess('The service is kept and renews as before.'),
    onError: notifyProblem,
  });
  const { cancellation } = service;
  if (!cancellation || service.state === 'terminated') return null;
  const { endsOn, reason } = cancellation;
  // What staff gave up removing waits for them to decide again.
  if (endsOn === null && door !== 'staff') return <Notice tone="warn" title="This service is being removed" />;
  return (
    <Notice tone="warn" title={endsOn ? `This service ends on ${formatDay(endsOn)}` : 'This service is being removed'}>
      <Group gap="sm">
        <Text size="sm">
          {endsOn ? 'It is not renewed, and removed on that day.' : 'It is not renewed.'}
          {reason && ` Reason: ${reason}`}
        </Text>
        <ActionButton
          size="compact-sm"
          variant="default"
          refusal={refusal}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ path: { id: service.id } })}
        >
          Keep it after all
        </ActionButton>
      </Group>
    </Notice>
  );
}
