import { useApiQuery } from '../../api/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';

export function MailTemplatesPage() {
  const templates = useApiQuery('/api/v1/mail-templates', {});
  return (
    <Page
      title="Mail templates"
      subtitle="Every mail the shop writes by itself. Change the words; go back at any time."
    >
      <Loaded query={templates}>
        {({ items }) => (
          <ListTable
            label="Mail templates"
            rows={items}
            rowKey={(template) => template.key}
            rowHref={(template) => `/admin/mail-templates/${template.key}`}
            columns={[
              { key: 'name', header: 'Mail', cell: (template) => template.name },
              { key: 'purpose', header: 'What it is for', cell: (template) => template.purpose },
              { key: 'state', header: 'State', cell: (template) => <StateBadge state={template.state} /> },
              {
                key: 'changedAt',
                header: 'Changed',
                hideOnPhone: true,
                cell: (template) => <Moment at={template.changedAt} />,
              },
            ]}
            empty={<EmptyState title="No mail templates" />}
          />
        )}
      </Loaded>
    </Page>
  );
}
