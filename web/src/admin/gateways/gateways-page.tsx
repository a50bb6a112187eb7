import { IconCreditCard } from '@tabler/icons-react';
import { useApiQuery } from '../../api/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';

export function GatewaysPage() {
  const gateways = useApiQuery('/api/v1/gateways', {});
  return (
    <Page title="Gateways" subtitle="How customers can pay, in the order they are offered.">
      <Loaded query={gateways}>
        {({ items, notLoaded }) => (
          <>
            {notLoaded.map((folder) => (
              <Notice key={folder.folder} tone="bad" title={`${folder.folder} is not loaded`}>
                {folder.reason}
              </Notice>
            ))}
            <ListTable
              label="Gateways"
              rows={items.toSorted((one, other) => one.position - other.position)}
              rowKey={(gateway) => gateway.id}
              rowHref={(gateway) => `/admin/gateways/${gateway.id}`}
              columns={[
                { key: 'name', header: 'Gateway', cell: (gateway) => gateway.name },
                {
                  key: 'description',
                  header: 'What it does',
                  cell: (gateway) => gateway.description,
                },
                {
                  key: 'state',
                  header: 'State',
                  cell: (gateway) => <StateBadge state={gateway.enabled ? 'enabled' : 'disabled'} />,
                },
              ]}
              empty={
                <EmptyState icon={IconCreditCard} title="No gateways" text="Put a gateway folder under gateways/." />
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}
