import { Code, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { send } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { ChoiceCard } from '../ui/choice-card.tsx';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { notifySuccess } from '../ui/notify.tsx';
import { formatDay } from '../ui/time.tsx';
import { CANCELLATION_DOORS, type CancellationDoor } from './cancellation-doors.ts';

type Timing = NonNullable<Api<'Cancellation'>>['timing'];

interface CancelFormProps {
  door: CancellationDoor;
  service: { id: string; domain: string; nextDueOn: string | null; cancellation: Api<'Cancellation'> | null };
  onDone: () => void;
}

/** Gives a service up: at the end of what is paid for, or now, which removes everything in it. */
export function CancelForm({ door, service, onDone }: CancelFormProps) {
  // What ends by itself can only be made sooner; what is not paid by periods has no end to wait for.
  const canWait = service.cancellation === null && service.nextDueOn !== null;
  const form = useApiForm({
    initialValues: { timing: (canWait ? 'end_of_term' : 'at_once') as Timing, reason: '', confirmDomain: '' },
    send: ({ timing, reason, confirmDomain }) =>
      send('post', CANCELLATION_DOORS[door].request, {
        path: { id: service.id },
        body: { timing, reason, ...(timing === 'at_once' ? { confirmDomain } : {}) },
      }),
    onDone: (_, { timing }) => {
      onDone();
      notifySuccess(timing === 'at_once' ? 'The service is being removed.' : 'The service will not be renewed.');
    },
  });
  return (
    <FormShell form={form} submitLabel={form.values.timing === 'at_once' ? 'Remove it now' : 'Cancel the renewal'}>
      <Radio.Group label="When" {...form.getInputProps('timing')}>
        <Stack gap="xs" mt={6}>
          {canWait && (
            <ChoiceCard
              value="end_of_term"
              title="At the end of the term"
              description={`It runs until ${formatDay(service.nextDueOn ?? '')} and no more invoices are made. This can be withdrawn until then.`}
            />
          )}
          <ChoiceCard
            value="at_once"
            title="Now"
            description="The account is removed with its files, mail and databases. This cannot be taken back."
          />
        </Stack>
      </Radio.Group>
      <Textarea label="Why (optional)" autosize minRows={2} maxLength={500} {...form.getInputProps('reason')} />
      {form.values.timing === 'at_once' && (
        <TextInput
          label={
            <>
              Type <Code>{service.domain}</Code> to confirm
            </>
          }
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('confirmDomain')}
        />
      )}
    </FormShell>
  );
}
