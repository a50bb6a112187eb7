import { Badge, Code, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlug, IconRefresh } from '@tabler/icons-react';
import { useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';

export function ModulesPage() {
  const modules = useApiQuery('/api/v1/modules', {});
  const refusal = useRoleRefusal()('settings:write');
  const rescan = useApiMutation('post', '/api/v1/modules/rescan', {
    onSuccess: ({ items, notLoaded }) =>
      notifySuccess(`${items.length} loaded${notLoaded.length > 0 ? `, ${notLoaded.length} not` : ''}.`),
    onError: notifyProblem,
  });
  return (
    <Page
      title="Modules"
      subtitle="One module per kind of control panel, found in the modules folder."
      actions={
        <ActionButton
          variant="default"
          refusal={refusal}
          loading={rescan.isPending}
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => rescan.mutate({})}
        >
          Rescan
        </ActionButton>
      }
    >
      <Loaded query={modules}>
        {({ items, notLoaded }) => (
          <Stack gap="lg">
            {notLoaded.length > 0 && (
              <Notice tone="bad" title="Not loaded">
                <List size="sm" spacing="xs">
                  {notLoaded.map((folder) => (
                    <List.Item key={folder.path}>
                      <Code>{folder.path}</Code>
                      <Text size="sm" mt={2}>
                        {folder.reason}
                      </Text>
                    </List.Item>
                  ))}
                </List>
              </Notice>
            )}
            {items.length === 0 ? (
              <EmptyState icon={IconPlug} title="No modules" text="Put a module folder under modules/ and rescan." />
            ) : (
              <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
                {items.map((module) => (
                  <ModuleCard key={module.id} module={module} />
                ))}
              </SimpleGrid>
            )}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function ModuleCard({ module }: { module: Api<'Module'> }) {
  return (
    <Section title={module.name} description={module.description}>
      <Stack gap="md">
        <Facts
          rows={[
            ['Folder', <Code key="id">{module.id}</Code>],
            ['Servers', module.servers],
            ['Usual port', module.defaultPort],
          ]}
        />
        <Group gap={6} role="list" aria-label={`What ${module.name} can do`}>
          {module.functions.map((name) => (
            <Badge key={name} variant="default" tt="none" fw={500} role="listitem">
              {name}
            </Badge>
          ))}
        </Group>
      </Stack>
    </Section>
  );
}
