import { Button, Stack } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useApiMutation } from '../api/client.ts';
import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';
import { startSession, useSession } from '../ui/session.tsx';
import { homeOf } from '../ui/session-context.ts';
import { AccountCard } from './account-card.tsx';
import { DeadLink, isOfDeadLink } from './dead-link.tsx';

/** Confirmed by a press, not by opening: mail scanners open every link they see. */
export function ConfirmEmailPage() {
  const session = useSession();
  const { token = '' } = useSearch({ strict: false }) as { token?: string };
  const confirm = useApiMutation('post', '/api/v1/confirm-email', { onSuccess: startSession });
  if (!token || isOfDeadLink(confirm.error)) {
    return (
      <AccountCard title="Confirm your e-mail">
        <DeadLink kind="confirmation" incomplete={!token} />
      </AccountCard>
    );
  }
  return (
    <AccountCard title="Confirm your e-mail" subtitle="So that invoices and login details reach you.">
      <Stack>
        {confirm.isSuccess && (
          <Notice tone="good" live>
            Thank you, your address is confirmed.
          </Notice>
        )}
        {confirm.error && (
          <Notice tone="bad" live>
            {confirm.error.detail}
          </Notice>
        )}
        {confirm.isSuccess ? (
          <ButtonLink href={session.user ? homeOf(session) : '/sign-in'}>Continue</ButtonLink>
        ) : (
          <Button loading={confirm.isPending} onClick={() => confirm.mutate({ body: { token } })}>
            Confirm my address
          </Button>
        )}
      </Stack>
    </AccountCard>
  );
}
