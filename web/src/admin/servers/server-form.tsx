import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { DeclaredFields, declaredValues } from '../../ui/declared-fields.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { PlacingFields } from './placing-fields.tsx';
import { bodyOf, draftOf, type ServerDraft } from './server-draft.ts';

interface Props {
  /** Null for a new one. */
  server: Api<'Server'> | null;
  modules: Api<'Module'>[];
  groups: Api<'ServerGroup'>[];
}

/** The form of a server: which panel, how to reach it, what it may take. */
export function ServerForm({ server, modules, groups }: Props) {
  const navigate = useNavigate();
  const form = useApiForm<ServerDraft, Api<'Server'>>({
    initialValues: draftOf(
      server,
      modules.find(({ id }) => id === server?.moduleId),
      groups[0]?.id,
    ),
    validate: {
      moduleId: (moduleId: string) => (moduleId === '' ? 'Choose a control panel' : null),
      name: (name: string) => (name.trim() === '' ? 'Give it a name' : null),
      hostname: (hostname: string) => (hostname.trim() === '' ? 'Say where the panel is' : null),
      port: (port: number | '') => (port === '' ? 'Say on which port' : null),
      tlsFingerprint: (fingerprint: string, draft: ServerDraft) =>
        draft.tlsMode === 'pin' && fingerprint.trim() === '' ? 'Test the connection to read it from the server' : null,
    },
    send: (draft) => {
      const body = bodyOf(draft, server?.position ?? 0);
      return server
        ? send('put', '/api/v1/servers/{id}', { path: { id: server.id }, body })
        : send('post', '/api/v1/servers', { body });
    },
    onDone: async (saved) => {
      notifySuccess(`${saved.name} is saved.`);
      await navigate({ to: `/admin/servers/${saved.id}` });
    },
  });
  const module = modules.find(({ id }) => id === form.values.moduleId);
  const chooseModule = (moduleId: string | null) => {
    const chosen = modules.find(({ id }) => id === moduleId);
    form.setValues({
      moduleId: moduleId ?? '',
      port: chosen?.defaultPort ?? '',
      concurrency: chosen?.defaultConcurrency ?? 1,
      settings: declaredValues(chosen?.serverFields ?? []),
    });
  };

  return (
    <FormShell
      form={form}
      guarded
      submitLabel={server ? 'Save server' : 'Add server'}
      secondary={
        <ButtonLink variant="default" href={server ? `/admin/servers/${server.id}` : '/admin/servers'}>
          Cancel
        </ButtonLink>
      }
    >
      <Stack gap="lg">
        <Section title="Panel">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label="Control panel"
              withAsterisk
              allowDeselect={false}
              searchable
              description={module?.description}
              data={modules.map(({ id, name }) => ({ value: id, label: name }))}
              value={form.values.moduleId || null}
              onChange={chooseModule}
              error={form.errors.moduleId}
            />
            <TextInput
              label="Name"
              description="How staff call it."
              withAsterisk
              maxLength={200}
              {...form.getInputProps('name')}
            />
          </SimpleGrid>
        </Section>
        {module && (
          <>
            <Section title="Connection">
              <Stack>
                <ConnectionFields form={form} />
                <DeclaredFields fields={module.serverFields} form={form} prefix="settings" masked={server !== null} />
                <ConnectionTest form={form} server={server} />
              </Stack>
            </Section>
            <Section title="Placing" description="How many accounts it takes, and how fast.">
              <PlacingFields form={form} groups={groups} />
            </Section>
          </>
        )}
      </Stack>
    </FormShell>
  );
}
