import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useApiQuery } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Minute } from '../../ui/time.tsx';
import { BackupCodes, RenewBackupCodes } from './backup-codes.tsx';
import { RemoveTwoFactor } from './remove-two-factor.tsx';
import { SetUpTwoFactor } from './set-up-two-factor.tsx';

/** Fewer than this many are said to run out. */
const FEW_CODES = 3;

type Task = 'set up' | 'renew codes' | 'remove';

/** Codes of an authenticator app beside the password: set up, backup codes, taken off. */
export function TwoFactor() {
  const state = useApiQuery('/api/v1/account/two-factor', {});
  const [task, setTask] = useState<Task | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const done = () => setTask(null);
  const showCodes = (made: string[]) => {
    setCodes(made);
    done();
  };
  const on = state.data?.onSince ?? null;
  return (
    <Section
      title="Two-step sign-in"
      description="Besides your password, a code from an app on your telephone. A stolen password alone then opens nothing."
      actions={state.data && <StateBadge state={on ? 'enabled' : 'disabled'} label={on ? 'On' : 'Off'} />}
    >
      {state.error && <PageError error={state.error} onRetry={() => void state.refetch()} />}
      {state.isPending && <PageLoading blocks={0} />}
      {state.data && (
        <Stack>
          {codes && <BackupCodes codes={codes} onDone={() => setCodes(null)} />}
          {on && !task && !codes && (
            <>
              <Text size="sm" component="div">
                On since <Minute at={on} />; {state.data.backupCodesLeft} backup codes are left.
              </Text>
              {state.data.backupCodesLeft < FEW_CODES && (
                <Notice tone="warn">Make new backup codes before they run out.</Notice>
              )}
              <Group gap="sm">
                <Button variant="default" onClick={() => setTask('renew codes')}>
                  New backup codes
                </Button>
                <ActionButton
                  variant="default"
                  refusal={state.data.required ? 'This shop asks its staff for a second factor.' : null}
                  onClick={() => setTask('remove')}
                >
                  Turn it off
                </ActionButton>
              </Group>
            </>
          )}
          {!on && !task && (
            <Group>
              <Button onClick={() => setTask('set up')}>Set it up</Button>
            </Group>
          )}
          {task === 'set up' && <SetUpTwoFactor onDone={showCodes} onCancel={done} />}
          {task === 'renew codes' && <RenewBackupCodes onDone={showCodes} onCancel={done} />}
          {task === 'remove' && <RemoveTwoFactor onDone={done} />}
        </Stack>
      )}
    </Section>
  );
}
