import { Button, Group, Text } from '@mantine/core';
import { useApiMutation } from '../api/client.ts';
import { Notice } from '../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../ui/notify.tsx';
import { useSession } from '../ui/session.tsx';

/**
 * That the address is not confirmed yet, and another link; nothing once it is.
 * @param waits what waits for it, in a sentence
 */
export function UnconfirmedEmail({ waits }: { waits: string }) {
  const { user, impersonator } = useSession();
  const resend = useApiMutation('post', '/api/v1/confirm-email/send', {
    onSuccess: () => notifySuccess('The link is on its way.'),
    onError: notifyProblem,
  });
  if (!user || user.emailVerified) return null;
  if (impersonator)
    return (
      <Notice tone="quiet" title="The e-mail address is not confirmed">
        {user.email} was mailed a link, and only they can have it sent again.
      </Notice>
    );
  return (
    <Notice tone="busy" title="Please confirm your e-mail address">
      <Group gap="sm">
        <Text size="sm">
          Follow the link we sent to {user.email}. {waits}
        </Text>
        <Button size="compact-sm" variant="default" loading={resend.isPending} onClick={() => resend.mutate({})}>
          Send it again
        </Button>
      </Group>
    </Notice>
  );
}
