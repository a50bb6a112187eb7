import { Stack, Text } from '@mantine/core';
import { UnconfirmedEmail } from '../account/unconfirmed-email.tsx';
import { useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { formatMonth } from '../payments/expiry.ts';
import { TextLink } from '../ui/links.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRightRefusal, useSession } from '../ui/session.tsx';
import { formatDay } from '../ui/time.tsx';

type Waiting = Api<'ToDo'>;

/** What waits for the customer, the most pressing first, and what comes without them; nothing when nothing does. */
export const ToDo = () => {
  const { data } = useApiQuery('/api/v1/portal/to-do', {});
  return (
    <>
      {data?.suspended.map((service) => (
        <Suspended key={service.id} service={service} />
      ))}
      {data && <Unpaid invoices={data.unpaid.filter(({ charge }) => charge === null)} total={data.unpaidTotal} />}
      {data?.card && <EndingCard card={data.card} />}
      <UnconfirmedEmail waits="Until then you can order and pay, but not invite anybody or make API keys." />
      {data && <Charged invoices={data.unpaid} />}
      {data?.ending.map((service) => (
        <Ending key={service.id} service={service} />
      ))}
    </>
  );
};

function Suspended({ service: { id, domain, suspendCause } }: { service: Waiting['suspended'][number] }) {
  const mayPay = useSession().customerRights.includes('billing');
  const overdue = mayPay
    ? 'It comes back by itself once its overdue invoice is paid. '
    : 'It comes back by itself once somebody with billing rights has paid its overdue invoice. ';
  return (
    <Notice tone="bad" title={`${domain} is offline`}>
      <Text size="sm">
        {suspendCause === 'overdue' ? overdue : 'It was suspended. Files and mail are kept. '}
        <TextLink href={`/portal/services/${id}`} size="sm">
          {mayPay ? 'See what to do' : 'See the service'}
        </TextLink>
      </Text>
    </Notice>
  );
}

function Unpaid({ invoices, total }: { invoices: Waiting['unpaid']; total: number }) {
  if (invoices.length === 0) return null;
  const overdue = invoices.some((invoice) => invoice.overdue);
  return (
    <Notice
      tone={overdue ? 'bad' : 'warn'}
      title={invoices.length === 1 ? 'One invoice waits for payment' : `${invoices.length} invoices wait for payment`}
    >
      <Stack gap={4}>
        {invoices.map((invoice) => (
          <Text size="sm" key={invoice.id}>
            <TextLink
              href={invoice.orderId ? `/orders/${invoice.orderId}` : `/portal/invoices/${invoice.id}`}
              size="sm"
              fw={550}
              className="ui-whole"
            >
              {invoice.number}
            </TextLink>
            {`: ${formatMoney(invoice.dueMinor, invoice.currency)}, ${dueText(invoice)}`}
          </Text>
        ))}
        {total > invoices.length && (
          <TextLink href="/portal/invoices?state=unpaid" size="sm">
            All unpaid invoices
          </TextLink>
        )}
      </Stack>
    </Notice>
  );
}

function dueText({ orderId, overdue, dueOn }: Waiting['unpaid'][number]): string {
  if (orderId) return 'for an order that starts once it is paid';
  return overdue ? `overdue since ${formatDay(dueOn)}` : `due ${formatDay(dueOn)}`;
}

/** Nothing to do, and yet good to know before it happens. */
function Charged({ invoices }: { invoices: Waiting['unpaid'] }) {
  const charged = invoices.flatMap(({ charge, ...invoice }) => (charge ? [{ ...invoice, charge }] : []));
  if (charged.length === 0) return null;
  return (
    <Notice tone="quiet" title={charged.length === 1 ? 'The next payment' : 'The next payments'}>
      <Stack gap={4}>
        {charged.map(({ id, number, currency, charge }) => (
          <Text size="sm" key={id}>
            {`${formatMoney(charge.amountMinor, currency)} for `}
            <TextLink href={`/portal/invoices/${id}`} size="sm" fw={550}>
              {number}
            </TextLink>
            {` is charged to ${charge.label} on ${formatDay(charge.on)}.`}
          </Text>
        ))}
      </Stack>
    </Notice>
  );
}

/** A renewal it cannot pay would be a surprise. */
const EndingCard = ({ card: { label, over, expiresIn, renewsOn } }: { card: NonNullable<Waiting['card']> }) => (
  <Notice tone="warn" title={`${label} ${over ? 'ended' : 'ends'} in ${formatMonth(expiresIn)}`}>
    <Text size="sm">
      {`The next renewal is on ${formatDay(renewsOn)}. `}
      <TextLink href="/portal/payment-methods" size="sm">
        Add another card
      </TextLink>
    </Text>
  </Notice>
);

function Ending({ service: { id, domain, endsOn } }: { service: Waiting['ending'][number] }) {
  const mayKeep = useRightRefusal()('billing') === null;
  return (
    <Notice tone="quiet" title={endsOn ? `${domain} ends on ${formatDay(endsOn)}` : `${domain} ends soon`}>
      <Text size="sm">
        {'It was cancelled and is removed on that day. '}
        <TextLink href={`/portal/services/${id}`} size="sm">
          {mayKeep ? 'Keep it after all' : 'See the service'}
        </TextLink>
      </Text>
    </Notice>
  );
}
