import { Group, Select } from '@mantine/core';
import { send, useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { useSession } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Moment } from '../../ui/time.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { SecondFactor } from '../shared/second-factor.tsx';
import { SessionsButton } from '../shared/sessions-dialog.tsx';
import { choicesOf, ROLE_WORDS } from '../shared/words.ts';
import { AddStaffForm } from './add-staff-form.tsx';
import { InviteStaffForm } from './invite-staff-form.tsx';
import { StaffInvitations } from './staff-invitations.tsx';

type Member = Api<'Staff'>;

export function StaffPage() {
  const staff = useApiQuery('/api/v1/staff', {});
  const refusal = useRoleRefusal()('staff:write');
  return (
    <Page
      title="Staff"
      subtitle="Who runs the shop, and what each may do."
      actions={
        <>
          <DialogButton label="Add with a password" refusal={refusal}>
            {(close) => <AddStaffForm onDone={close} />}
          </DialogButton>
          <DialogButton label="Invite staff" variant="filled" refusal={refusal}>
            {(close) => <InviteStaffForm onDone={close} />}
          </DialogButton>
        </>
      }
    >
      <Loaded query={staff}>
        {({ items }) => (
          <ListTable
            label="Staff"
            rows={items}
            rowKey={(member) => member.userId}
            columns={[
              { key: 'name', header: 'Name', cell: (member) => member.name },
              {
                key: 'email',
                header: 'E-mail',
                cell: (member) => <span style={{ overflowWrap: 'anywhere' }}>{member.email}</span>,
              },
              { key: 'role', header: 'Role', cell: (member) => <RoleSelect member={member} refusal={refusal} /> },
              {
                key: 'state',
                header: 'State',
                cell: (member) => <StateBadge state={member.disabledAt ? 'disabled' : 'active'} />,
              },
              {
                key: 'twoFactor',
                header: 'Second factor',
                cell: (member) => <MemberFactor member={member} refusal={refusal} />,
              },
              { key: 'since', header: 'Since', hideOnPhone: true, cell: (member) => <Moment at={member.createdAt} /> },
              {
                key: 'actions',
                header: '',
                align: 'end',
                cell: (member) => (
                  <Group gap="xs" justify="flex-end" wrap="nowrap">
                    <MemberSessions member={member} refusal={refusal} />
                    <DisableButton member={member} refusal={refusal} />
                  </Group>
                ),
              },
            ]}
            empty={null}
          />
        )}
      </Loaded>
      <StaffInvitations refusal={refusal} />
    </Page>
  );
}

interface MemberProps {
  member: Member;
  refusal: string | null;
}

function RoleSelect({ member, refusal }: MemberProps) {
  const { user } = useSession();
  const change = useApiMutation('patch', '/api/v1/staff/{userId}', {
    onSuccess: (changed) => notifySuccess(`${changed.name} is now ${ROLE_WORDS[changed.role].toLowerCase()}.`),
    onError: notifyProblem,
  });
  if (refusal || member.userId === user?.id) return <>{ROLE_WORDS[member.role]}</>;
  return (
    <Select
      size="xs"
      w={150}
      aria-label={`Role of ${member.name}`}
      allowDeselect={false}
      disabled={change.isPending}
      data={choicesOf(ROLE_WORDS)}
      value={member.role}
      onChange={(role) => role && change.mutate({ path: { userId: member.userId }, body: { role } })}
    />
  );
}

function MemberFactor({ member, refusal }: MemberProps) {
  const { user } = useSession();
  const { userId, name, twoFactor } = member;
  return (
    <SecondFactor
      name={name}
      on={twoFactor}
      refusal={refusal ?? (userId === user?.id ? 'Turn your own off under Security.' : null)}
      takeOff={() => send('post', '/api/v1/staff/{userId}/reset-two-factor', { path: { userId } })}
    />
  );
}

function MemberSessions({ member, refusal }: MemberProps) {
  const { user } = useSession();
  const { userId, name } = member;
  return (
    <SessionsButton
      path="/api/v1/staff/{userId}/sessions"
      of={{ userId }}
      name={name}
      refusal={refusal ?? (userId === user?.id ? 'End your own under Security.' : null)}
    />
  );
}

function DisableButton({ member, refusal }: MemberProps) {
  const { user } = useSession();
  const disabled = member.disabledAt === null;
  const change = () => send('patch', '/api/v1/staff/{userId}', { path: { userId: member.userId }, body: { disabled } });
  return (
    <ActionButton
      size="xs"
      variant="default"
      refusal={refusal ?? (member.userId === user?.id ? 'You cannot disable yourself.' : null)}
      onClick={() =>
        confirm({
          title: disabled ? `Disable ${member.name}?` : `Enable ${member.name} again?`,
          body: disabled
            ? 'They are signed out everywhere, cannot sign in, and their API keys are revoked.'
            : 'They can sign in again with their old password. Their old API keys stay revoked.',
          confirmLabel: disabled ? 'Disable' : 'Enable',
          tone: disabled ? 'danger' : 'normal',
          run: change,
        })
      }
    >
      {disabled ? 'Disable' : 'Enable'}
    </ActionButton>
  );
}
