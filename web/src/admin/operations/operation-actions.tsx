import { Text, TextInput } from '@mantine/core';
import { send } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { NoteForm } from '../shared/note-form.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';

type Operation = Api<'Operation'>;

const RESOLUTIONS = {
  mark_done: {
    label: 'Mark as done',
    explanation:
      'Looks at the panel and takes over the account that stands there. Use it when the work was done by hand on the panel.',
    done: 'The operation is closed as done.',
  },
  give_up: {
    label: 'Give up',
    explanation:
      'Ends the operation. A service that was never made is cancelled, and what was paid for it becomes the customer’s credit. One that its owner gave up waits for your decision.',
    done: 'The operation is given up.',
  },
} satisfies Record<Operation['can']['resolve'][number], object>;

/** Retry, mark as done, give up: whatever the operation can take in its state. */
export function OperationActions({ operation }: { operation: Operation }) {
  const roleRefusal = useRoleRefusal();
  const role = roleRefusal('operations:write');
  return (
    <>
      {operation.can.resolve.map((how) => (
        <DialogButton key={how} label={RESOLUTIONS[how].label} refusal={role}>
          {(close) => (
            <NoteForm
              explanation={RESOLUTIONS[how].explanation}
              label="Note for the audit log"
              submitLabel={RESOLUTIONS[how].label}
              send={(note) =>
                send('post', '/api/v1/operations/{id}/resolve', { path: { id: operation.id }, body: { how, note } })
              }
              onDone={() => {
                close();
                notifySuccess(RESOLUTIONS[how].done);
              }}
            />
          )}
        </DialogButton>
      ))}
      <DialogButton
        label="Try again"
        variant="filled"
        refusal={role ?? (operation.can.retry ? null : 'Only an operation that waits or failed can be tried again.')}
      >
        {(close) => <RetryForm operation={operation} onDone={close} />}
      </DialogButton>
    </>
  );
}

function RetryForm({ operation, onDone }: { operation: Operation; onDone: () => void }) {
  const form = useApiForm({
    initialValues: { username: '', domain: '' },
    send: ({ username, domain }) =>
      send('post', '/api/v1/operations/{id}/retry', {
        path: { id: operation.id },
        body: { ...(username ? { username } : {}), ...(domain ? { domain } : {}) },
      }),
    onDone: () => {
      onDone();
      notifySuccess('It is being tried again.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Try again now">
      <Text size="sm">Finished steps are kept; attempts are counted afresh.</Text>
      {operation.action === 'create' && (
        <>
          <TextInput
            label="Other user name"
            description="Leave blank to keep the one that was chosen."
            maxLength={32}
            autoComplete="off"
            {...form.getInputProps('username')}
          />
          <TextInput
            label="Other domain"
            description={`Leave blank to keep ${operation.domain}.`}
            maxLength={253}
            autoComplete="off"
            {...form.getInputProps('domain')}
          />
        </>
      )}
    </FormShell>
  );
}
