import { Button, Stack } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useApiMutation } from '../api/client.ts';
import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';
import { startSession, useSession } from '../ui/session.tsx';
import { homeOf } from '../ui/session-context.ts';
import { AccountCard } from './account-card.tsx';

/** Confirmed by a press, not by opening: mail scanners open every link they see. */
export function ConfirmEmailPage() {
  const session = useSession();
  const { token = '' } = useSearch({ strict: false }) as { token?: string };
  const confirm = useApiMutation('post', '/api/v1/confirm-email', { onSuccess: startSession });
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
        {!token && <Notice tone="warn">This address lacks its token. Open the link from the mail once more.</Notice>}
        {confirm.isSuccess ? (
          <ButtonLink href={session.user ? homeOf(session) : '/sign-in'}>Continue</ButtonLink>
        ) : (
          <Button loading={confirm.isPending} disabled={!token} onClick={() => confirm.mutate({ body: { token } })}>
            Confirm my address
          </Button>
        )}
      </Stack>
    </AccountCard>
  );
}
