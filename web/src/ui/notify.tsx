import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { asProblem } from '../api/problem.ts';

/** Says in passing that something worked. What people must not miss belongs into the page. */
export function notifySuccess(message: string) {
  notifications.show({
    message,
    color: 'green',
    icon: <IconCheck size={18} aria-hidden />,
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}

/** Says how something ended that went another way than hoped; stays until dismissed. */
export function notifyRemark(message: string) {
  notifications.show({
    message,
    color: 'orange',
    icon: <IconInfoCircle size={18} aria-hidden />,
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}

/** Says that something did not work and why; stays until dismissed. */
export function notifyProblem(error: unknown) {
  notifications.show({
    title: 'That did not work',
    message: asProblem(error).detail,
    color: 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}
