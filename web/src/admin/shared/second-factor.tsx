import { Group } from '@mantine/core';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { notifySuccess } from '../../ui/notify.tsx';

interface Props {
  name: string;
  on: boolean;
  /** Why it may not be taken off; null when it may. */
  refusal: string | null;
  takeOff: () => Promise<unknown>;
}

/** Whether somebody's sign-in asks for a code, and the way to take it off who lost it. */
export function SecondFactor({ name, on, refusal, takeOff }: Props) {
  if (!on) return <>Off</>;
  const ask = () =>
    confirm({
      title: `Take the second factor off ${name}?`,
      body: 'They then sign in with the password alone, and are told by mail. Be sure that it is really them who ask.',
      confirmLabel: 'Take it off',
      tone: 'danger',
      run: async () => {
        await takeOff();
        notifySuccess(`${name} signs in with the password alone now.`);
      },
    });
  return (
    <Group gap="xs" wrap="nowrap">
      On
      <ActionButton
        size="compact-xs"
        variant="default"
        refusal={refusal}
        onClick={ask}
        aria-label={`Take the second factor off ${name}`}
      >
        Take off
      </ActionButton>
    </Group>
  );
}
