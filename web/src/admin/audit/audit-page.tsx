import { IconHistory } from '@tabler/icons-react';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Moment } from '../../ui/time.tsx';
import { Changes } from './changes.tsx';

export const AuditPage = () => (
  <Page title="Audit log" subtitle="Who did what, and what it changed. Entries are never altered.">
    <DataTable
      label="Audit log"
      path="/api/v1/audit"
      search="Action"
      limit={50}
      columns={[
        { key: 'action', header: 'Action', cell: (entry) => entry.action },
        { key: 'actor', header: 'Who', cell: (entry) => entry.actorName },
        { key: 'subject', header: 'On', hideOnPhone: true, cell: (entry) => entry.subjectKind },
        { key: 'change', header: 'Change', cell: (entry) => <Changes before={entry.before} after={entry.after} /> },
        { key: 'createdAt', header: 'When', sortable: true, cell: (entry) => <Moment at={entry.createdAt} /> },
      ]}
      empty={<EmptyState icon={IconHistory} title="Nothing recorded yet" />}
    />
  </Page>
);
