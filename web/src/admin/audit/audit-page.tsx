import { Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Instant } from '../../ui/time.tsx';
import { Changes } from './changes.tsx';

export const AuditPage = () => (
  <Page title="Audit log" subtitle="Who did what, and what it changed. Entries are never altered.">
    <DataTable
      label="Audit log"
      path="/api/v1/audit"
      search="Action, for example invoice.paid"
      limit={50}
      columns={[
        { key: 'action', header: 'Action', cell: (entry) => <Action entry={entry} /> },
        { key: 'actor', header: 'Who', cell: (entry) => entry.actorName },
        { key: 'subject', header: 'On', hideOnPhone: true, cell: (entry) => entry.subjectKind.replaceAll('_', ' ') },
        { key: 'change', header: 'Change', cell: (entry) => <Changes before={entry.before} after={entry.after} /> },
        { key: 'createdAt', header: 'When', sortable: true, cell: (entry) => <Instant at={entry.createdAt} /> },
      ]}
      empty={<EmptyState icon={IconHistory} title="Nothing recorded yet" />}
    />
  </Page>
);

/** In words, and as it is stored, which is what one searches for. */
const Action = ({ entry }: { entry: Api<'AuditEntry'> }) => (
  <>
    {entry.actionName}
    <Text size="xs" c="dimmed">
      {entry.action}
    </Text>
  </>
);
