import { useApiMutation, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { Instant } from '../../ui/time.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { ROLE_WORDS } from '../shared/words.ts';

/** Who was invited and has not come yet; nothing when nobody is awaited. */
export function StaffInvitations({ refusal }: { refusal: string | null }) {
  const { data } = useApiQuery('/api/v1/staff/invitations', {});
  if (!data || data.items.length === 0) return null;
  return (
    <Section title="Invited" flush>
      <ListTable
        flush
        label="Invitations"
        rows={data.items}
        rowKey={(invitation) => invitation.id}
        columns={[
          {
            key: 'email',
            header: 'E-mail',
            cell: ({ email }) => <span style={{ overflowWrap: 'anywhere' }}>{email}</span>,
          },
          // Written from the same list of roles as the staff's own.
          { key: 'role', header: 'Role', cell: ({ role }) => ROLE_WORDS[role as keyof typeof ROLE_WORDS] },
          { key: 'sent', header: 'Sent', cell: (invitation) => <Instant at={invitation.createdAt} /> },
          { key: 'until', header: 'Link ends', cell: (invitation) => <Instant at={invitation.expiresAt} /> },
          {
            key: 'actions',
            header: '',
            align: 'end',
            cell: (invitation) => <TakeBack invitation={invitation} refusal={refusal} />,
          },
        ]}
        empty={null}
      />
    </Section>
  );
}

function TakeBack({ invitation, refusal }: { invitation: Api<'Invitation'>; refusal: string | null }) {
  const withdraw = useApiMutation('delete', '/api/v1/staff/invitations/{id}', {
    onSuccess: () => notifySuccess('The invitation is taken back.'),
    onError: notifyProblem,
  });
  return (
    <ActionButton
      size="xs"
      variant="default"
      refusal={refusal}
      loading={withdraw.isPending}
      onClick={() => withdraw.mutate({ path: { id: invitation.id } })}
    >
      Take back
    </ActionButton>
  );
}
