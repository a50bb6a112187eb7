import { useApiQuery } from '../../api/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRouteId } from '../shared/use-route-id.ts';
import { ServerForm } from './server-form.tsx';

const BREADCRUMB = { label: 'Servers', href: '/admin/servers' };

export function NewServerPage() {
  const modules = useApiQuery('/api/v1/modules', {});
  const groups = useApiQuery('/api/v1/server-groups', {});
  return (
    <Loaded query={modules}>
      {({ items }) => (
        <Loaded query={groups}>
          {({ items: groupItems }) => (
            <Page title="Add server" size="md" breadcrumbs={[BREADCRUMB]}>
              {groupItems.length === 0 ? (
                <EmptyState
                  title="A server stands in a group"
                  text="Products are sold on a group, which spreads accounts over its servers. Make one first."
                  action={<ButtonLink href="/admin/server-groups">Go to server groups</ButtonLink>}
                />
              ) : (
                <ServerForm server={null} modules={items} groups={groupItems} />
              )}
            </Page>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

export function EditServerPage() {
  const id = useRouteId();
  const server = useApiQuery('/api/v1/servers/{id}', { path: { id } });
  const modules = useApiQuery('/api/v1/modules', {});
  const groups = useApiQuery('/api/v1/server-groups', {});
  return (
    <Loaded query={server}>
      {(data) => (
        <Loaded query={modules}>
          {({ items }) => (
            <Loaded query={groups}>
              {({ items: groupItems }) => (
                <Page
                  title={`Edit ${data.name}`}
                  size="md"
                  breadcrumbs={[BREADCRUMB, { label: data.name, href: `/admin/servers/${id}` }]}
                >
                  <ServerForm key={data.id} server={data} modules={items} groups={groupItems} />
                </Page>
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
