import { IconMail } from '@tabler/icons-react';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';

const STATES = [
  { value: 'queued', label: 'Queued' },
  { value: 'sent', label: 'Sent' },
  { value: 'failed', label: 'Failed' },
];

/** Mails to everybody, or to one customer inside its page. */
export function MailsTable({ customerId }: { customerId?: string }) {
  const everybody = customerId === undefined;
  return (
    <DataTable
      label="Mails"
      path="/api/v1/mails"
      params={{ query: { customerId } }}
      search={everybody ? 'Address or subject' : undefined}
      filters={everybody ? [{ name: 'state', label: 'State', choices: STATES }] : []}
      flush={!everybody}
      urlPrefix={everybody ? undefined : 'mails-'}
      limit={everybody ? 25 : 5}
      rowHref={(mail) => `/admin/mails/${mail.id}`}
      columns={[
        { key: 'subject', header: 'Subject', cell: (mail) => mail.subject },
        { key: 'state', header: 'State', cell: (mail) => <StateBadge state={mail.state} /> },
        ...(everybody ? [{ key: 'to', header: 'To', cell: (mail: { toAddress: string }) => mail.toAddress }] : []),
        { key: 'template', header: 'Template', hideOnPhone: true, cell: (mail) => mail.templateName },
        { key: 'createdAt', header: 'Written', cell: (mail) => <Moment at={mail.createdAt} /> },
      ]}
      empty={<EmptyState icon={IconMail} title="No mails yet" text="What the shop writes to customers is kept here." />}
    />
  );
}
