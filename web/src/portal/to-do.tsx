import { Button, Group, Stack, Text } from '@mantine/core';
import { useApiMutation, useApiQuery } from '../api/client.ts';
import { expiryOf, formatMonth } from '../payments/expiry.ts';
import { TextLink } from '../ui/links.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../ui/notify.tsx';
import { useSession } from '../ui/session.tsx';
import { formatDay } from '../ui/time.tsx';

/** What waits for the customer; nothing when nothing does. */
export const ToDo = () => {
  const { customerRights, impersonator } = useSession();
  return (
    <>
      <UnconfirmedEmail />
      {customerRights.includes('billing') && <UnpaidInvoices />}
      {customerRights.includes('billing') && !impersonator && <EndingCard />}
    </>
  );
};

/** The card that is charged first, once it ends soon: a renewal it cannot pay would be a surprise. */
function EndingCard() {
  const { data } = useApiQuery('/api/v1/portal/saved-methods', {});
  const card = data?.items.find((method) => method.isDefault);
  if (!card?.expiresIn || expiryOf(card.expiresIn) === 'good') return null;
  const over = expiryOf(card.expiresIn) === 'over';
  return (
    <Notice tone="warn" title={`${card.label} ${over ? 'ended' : 'ends'} in ${formatMonth(card.expiresIn)}`}>
      <TextLink href="/portal/payment-methods" size="sm">
        Add another card
      </TextLink>
    </Notice>
  );
}

function UnconfirmedEmail() {
  const { user } = useSession();
  const resend = useApiMutation('post', '/api/v1/confirm-email/send', {
    onSuccess: () => notifySuccess('The link is on its way.'),
    onError: notifyProblem,
  });
  if (!user || user.emailVerified) return null;
  return (
    <Notice tone="busy" title="Please confirm your e-mail address">
      <Group gap="sm">
        <Text size="sm">We sent a link to {user.email}.</Text>
        <Button size="compact-sm" variant="default" loading={resend.isPending} onClick={() => resend.mutate({})}>
          Send it again
        </Button>
      </Group>
    </Notice>
  );
}

function UnpaidInvoices() {
  const { data } = useApiQuery('/api/v1/portal/invoices', { query: { state: 'unpaid', limit: 3 } });
  if (!data || data.items.length === 0) return null;
  return (
    <Notice
      tone="warn"
      title={data.total === 1 ? 'One invoice waits for payment' : `${data.total} invoices wait for payment`}
    >
      <Stack gap={4}>
        {data.items.map((invoice) => (
          <Text size="sm" key={invoice.id}>
            <TextLink href={`/portal/invoices/${invoice.id}`} size="sm" fw={550}>
              {invoice.number}
            </TextLink>
            {`: ${formatMoney(invoice.dueMinor, invoice.currency)}, due ${formatDay(invoice.dueOn)}`}
          </Text>
        ))}
      </Stack>
    </Notice>
  );
}
