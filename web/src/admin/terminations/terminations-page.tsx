import { Group } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day } from '../../ui/time.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { CustomerLink, InvoiceLink } from '../shared/room-links.tsx';

type Proposal = Api<'TerminationProposal'>;

const STATES = [
  { value: 'approved', label: 'Approved' },
  { value: 'declined', label: 'Kept' },
  { value: 'withdrawn', label: 'Withdrawn' },
  { value: 'all', label: 'All' },
];

/** Accounts are never removed for money by the clock alone: each waits here for somebody's yes. */
export const TerminationsPage = () => (
  <Page title="Terminations" subtitle="Services overdue for so long that their accounts may be removed. You decide.">
    <DataTable
      label="Terminations"
      path="/api/v1/termination-proposals"
      filters={[{ name: 'state', label: 'State: waiting', choices: STATES }]}
      rowHref={(proposal) => `/admin/services/${proposal.serviceId}`}
      columns={[
        { key: 'domain', header: 'Service', cell: (proposal) => proposal.domain },
        {
          key: 'customer',
          header: 'Customer',
          cell: (proposal) => <CustomerLink id={proposal.customerId} name={proposal.customerName} />,
        },
        {
          key: 'invoice',
          header: 'Unpaid',
          cell: (proposal) => <InvoiceLink id={proposal.invoiceId} name={proposal.invoiceNumber} />,
        },
        { key: 'dueOn', header: 'Due since', cell: (proposal) => <Day day={proposal.dueOn} /> },
        {
          key: 'state',
          header: 'State',
          cell: ({ state }) => <StateBadge state={state === 'declined' ? 'kept' : state} />,
        },
        { key: 'actions', header: '', align: 'end', cell: (proposal) => <Decide proposal={proposal} /> },
      ]}
      empty={<EmptyState icon={IconCircleCheck} title="Nothing waits for a decision" />}
    />
  </Page>
);

function Decide({ proposal }: { proposal: Proposal }) {
  const refusal = useRoleRefusal()('services:write');
  if (proposal.state !== 'proposed') return null;
  const path = { id: proposal.id };
  const { domain } = proposal;
  const keep = () =>
    confirm({
      title: `Keep ${domain}?`,
      body: 'The account stays as it is. It is not proposed again for the same invoice.',
      confirmLabel: 'Keep it',
      run: () => send('post', '/api/v1/termination-proposals/{id}/decline', { path }),
    });
  const remove = () =>
    confirm({
      title: `Remove ${domain}?`,
      body: 'The account and everything in it is removed from the panel: files, mail, databases. This cannot be taken back.',
      confirmLabel: 'Remove the account',
      tone: 'danger',
      typeToConfirm: domain,
      run: async () => {
        await send('post', '/api/v1/termination-proposals/{id}/approve', { path, body: { confirmDomain: domain } });
        notifySuccess(`${domain} is being removed.`);
      },
    });
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <ActionButton size="xs" variant="default" refusal={refusal} onClick={keep}>
        Keep
      </ActionButton>
      <ActionButton size="xs" variant="light" color="red" refusal={refusal} onClick={remove}>
        Remove
      </ActionButton>
    </Group>
  );
}
