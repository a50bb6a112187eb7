import { Group, Text } from '@mantine/core';
import { send, useApiQuery } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { confirm } from '../ui/confirm.tsx';
import { TextLink } from '../ui/links.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Notice } from '../ui/notice.tsx';
import { PACKAGE_DOORS, type PackageDoor } from './package-doors.ts';

interface PendingChangeProps {
  door: PackageDoor;
  serviceId: string;
  /** Why it cannot be withdrawn by whoever looks; null when it can. */
  refusal: string | null;
  /** Where an invoice is looked at, without its id; null for whoever may look at none. */
  invoices: string | null;
}

/** A package change that waits for its money or is being made; nothing when there is none. */
export function PendingChange({ door, serviceId, refusal, invoices }: PendingChangeProps) {
  const { data } = useApiQuery(PACKAGE_DOORS[door].change, { path: { id: serviceId } });
  const change = data?.change;
  if (!change || change.endedAt) return null;
  if (change.state !== 'unpaid') {
    return <Notice tone="busy" title={`The change to ${change.toProductName} is being made`} />;
  }
  return (
    <Notice tone="warn" title={`The change to ${change.toProductName} waits for payment`}>
      <Group gap="sm">
        <Text size="sm">
          {invoices === null ? (
            'It is made once somebody with billing rights has paid for it.'
          ) : (
            <>
              It is made once{' '}
              <TextLink href={`${invoices}/${change.invoiceId}`} size="sm" fw={550} className="ui-whole">
                {change.invoiceNumber}
              </TextLink>{' '}
              over {formatMoney(change.dueMinor, change.currency)} is paid.
            </>
          )}
        </Text>
        <ActionButton size="compact-sm" variant="default" refusal={refusal} onClick={() => askToWithdraw(door, change)}>
          Withdraw it
        </ActionButton>
      </Group>
    </Notice>
  );
}

const askToWithdraw = (door: PackageDoor, change: NonNullable<Api<'PackageChange'>>) =>
  confirm({
    title: `Stay with ${change.fromProductName}?`,
    body: 'The change is withdrawn and its invoice is void. It can be asked for again.',
    confirmLabel: 'Withdraw the change',
    run: () => send('delete', PACKAGE_DOORS[door].change, { path: { id: change.serviceId } }),
  });
