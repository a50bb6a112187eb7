import { Group, List, Stack } from '@mantine/core';
import { useApiMutation } from '../../api/client.ts';
import type { Api, InputOf } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { notifyProblem } from '../../ui/notify.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';

type Settings = NonNullable<InputOf<'/api/v1/gateways/{id}/test', 'post'>['body']['settings']>;

/** Tries out what stands in the form, before anything is stored. */
export function GatewayTest({ gateway, settings }: { gateway: Api<'Gateway'>; settings: Settings }) {
  const refusal = useRoleRefusal()('settings:write');
  const test = useApiMutation('post', '/api/v1/gateways/{id}/test', { onError: notifyProblem });
  const result = test.data;
  return (
    <Stack gap="sm">
      <Group>
        <ActionButton
          variant="default"
          refusal={refusal}
          loading={test.isPending}
          onClick={() => test.mutate({ path: { id: gateway.id }, body: { settings } })}
        >
          Try these settings
        </ActionButton>
      </Group>
      {result && (
        <Notice tone={result.ok ? 'good' : 'bad'} title={result.ok ? 'It works' : 'It does not work yet'} live>
          <List size="sm">
            {[...result.problems, ...result.facts].map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Notice>
      )}
    </Stack>
  );
}
