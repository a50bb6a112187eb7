import { Anchor, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { send, useApiMutation } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { notifyProblem, notifySuccess } from '../ui/notify.tsx';
import { Secret } from '../ui/secret.tsx';
import { Section } from '../ui/section.tsx';
import { useRightRefusal } from '../ui/session.tsx';

/** Login details, fetched only when somebody asks for them, and a new password. */
export function ServiceLogin({ service }: { service: Api<'OwnService'> }) {
  const reveal = useApiMutation('post', '/api/v1/portal/services/{id}/reveal-login', { onError: notifyProblem });
  const [changing, { open, close }] = useDisclosure();
  const refusal = useRightRefusal()('technical');
  const login = reveal.data;
  return (
    <Section
      title="Login details"
      actions={
        !changing && (
          <ActionButton variant="default" size="xs" refusal={refusal ?? service.refusals.changePassword} onClick={open}>
            Change password
          </ActionButton>
        )
      }
    >
      <Stack>
        <Facts
          rows={[
            [
              'User name',
              <Group key="username" gap={4}>
                {service.username}
                <CopyButton value={service.username ?? ''} label="user name" />
              </Group>,
            ],
            ...(login
              ? ([
                  [
                    'Password',
                    login.password ? <Secret key="password" value={login.password} label="password" /> : 'Not stored',
                  ],
                  [
                    'Control panel',
                    login.panelUrl && (
                      <Anchor key="panel" href={login.panelUrl} target="_blank" rel="noreferrer" size="sm">
                        {login.panelUrl}
                      </Anchor>
                    ),
                  ],
                ] satisfies Parameters<typeof Facts>[0]['rows'])
              : []),
          ]}
        />
        {!login && service.hasPassword && (
          <Group>
            <ActionButton
              variant="default"
              refusal={refusal}
              loading={reveal.isPending}
              onClick={() => reveal.mutate({ path: { id: service.id } })}
            >
              Show password
            </ActionButton>
          </Group>
        )}
        {changing && (
          <NewPassword
            serviceId={service.id}
            onClose={() => {
              reveal.reset();
              close();
            }}
          />
        )}
      </Stack>
    </Section>
  );
}

function NewPassword({ serviceId, onClose }: { serviceId: string; onClose: () => void }) {
  const form = useApiForm({
    initialValues: { password: '' },
    send: ({ password }) =>
      send('post', '/api/v1/portal/services/{id}/change-password', {
        path: { id: serviceId },
        body: password ? { password } : {},
      }),
    onDone: () => {
      notifySuccess('The new password is being set.');
      onClose();
    },
  });
  return (
    <FormShell
      form={form}
      submitLabel="Set password"
      secondary={
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      <PasswordInput label="New password" autoComplete="new-password" {...form.getInputProps('password')} />
      <Text size="sm" c="dimmed">
        10 to 64 characters. Leave it blank and a strong one is made for you.
      </Text>
    </FormShell>
  );
}
