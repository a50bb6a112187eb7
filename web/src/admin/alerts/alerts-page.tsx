import { Group, Stack, Text } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { useApiMutation } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { AlertSubjects } from './alert-subjects.tsx';
import { subjectHref } from './subject-href.ts';

/** Alerts that ask for a decision made elsewhere than where their subject is looked at. */
const DECIDED_AT: Record<string, string> = { termination_proposed: '/admin/terminations' };

const STATES = [
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
];

export const AlertsPage = () => (
  <Page title="Alerts" subtitle="What waits for a person, and what to do about it.">
    <DataTable
      label="Alerts"
      path="/api/v1/alerts"
      filters={[{ name: 'state', label: 'State: open', choices: STATES }]}
      columns={[
        { key: 'message', header: 'What happened', cell: (alert) => <WhatHappened alert={alert} /> },
        {
          key: 'state',
          header: 'State',
          cell: (alert) => <StateBadge state={alert.resolvedAt ? 'resolved' : 'open'} />,
        },
        { key: 'createdAt', header: 'Since', sortable: true, cell: (alert) => <Moment at={alert.createdAt} /> },
        { key: 'actions', header: '', align: 'end', cell: (alert) => <AlertActions alert={alert} /> },
      ]}
      empty={
        <EmptyState icon={IconBellCheck} title="Nothing needs you" text="The shop runs by itself at the moment." />
      }
    />
  </Page>
);

const WhatHappened = ({ alert }: { alert: Api<'Alert'> }) => (
  <Stack gap={2} maw={620}>
    <Text size="sm" fw={500}>
      {alert.message}
    </Text>
    <Text size="sm" c="dimmed" fw={400}>
      {alert.whatToDo}
    </Text>
    {alert.count > 1 && <AlertSubjects alert={alert} />}
  </Stack>
);

function AlertActions({ alert }: { alert: Api<'Alert'> }) {
  const roleRefusal = useRoleRefusal();
  const resolve = useApiMutation('post', '/api/v1/alerts/{id}/resolve', {
    onSuccess: () => notifySuccess('The alert is closed.'),
    onError: notifyProblem,
  });
  const href = subjectHref(alert);
  const decidedAt = alert.resolvedAt ? undefined : DECIDED_AT[alert.kind];
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      {href && alert.count === 1 && (
        <ButtonLink size="xs" variant="default" href={href}>
          Look at it
        </ButtonLink>
      )}
      {decidedAt && (
        <ButtonLink size="xs" variant="light" href={decidedAt}>
          Decide
        </ButtonLink>
      )}
      {!alert.resolvedAt && !decidedAt && (
        <ActionButton
          size="xs"
          variant="light"
          loading={resolve.isPending}
          refusal={roleRefusal('operations:write')}
          onClick={() => resolve.mutate({ path: { id: alert.id } })}
        >
          Close
        </ActionButton>
      )}
    </Group>
  );
}
