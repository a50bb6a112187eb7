import { Select, Stack, Text, TextInput } from '@mantine/core';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { formatDay } from '../../ui/time.tsx';
import { choicesOf } from '../shared/words.ts';
import { ForeseenTable } from './foreseen-table.tsx';
import { RUN_WORDS } from './rung-words.ts';

type RunName = Api<'AutomationRun'>['name'];

/** Chooses a run, shows what it would do, and does it. A day to come can be looked at, not run. */
export function RunForm({ onDone }: { onDone: () => void }) {
  const form = useApiForm({
    initialValues: { name: 'nightly' as RunName, day: '' },
    send: ({ name, day }) => send('post', '/api/v1/automation/runs', { body: { name, ...(day ? { day } : {}) } }),
    onDone: () => {
      onDone();
      notifySuccess('The run is queued.');
    },
  });
  const { name, day } = form.values;
  return (
    <FormShell form={form} submitLabel="Run now">
      <Text size="sm" c="dimmed">
        What is done already is not done again.
      </Text>
      <Select label="What" allowDeselect={false} data={choicesOf(RUN_WORDS)} {...form.getInputProps('name')} />
      <TextInput
        type="date"
        label="As of"
        description="Today when left blank. A day to come shows what will happen until then."
        {...form.getInputProps('day')}
      />
      <Preview name={name} day={day} />
    </FormShell>
  );
}

function Preview({ name, day }: { name: RunName; day: string }) {
  const preview = useApiQuery(
    '/api/v1/automation/preview',
    { query: { name, ...(day ? { day } : {}) } },
    { keepPrevious: true },
  );
  if (preview.error) return <PageError error={preview.error} />;
  if (!preview.data) return <PageLoading blocks={1} />;
  const { items } = preview.data;
  return (
    <Stack gap="xs" aria-live="polite" aria-busy={preview.isFetching}>
      <Text size="sm" fw={600}>
        {items.length === 0
          ? `Nothing is due as of ${formatDay(preview.data.day)}`
          : `Would do as of ${formatDay(preview.data.day)}`}
      </Text>
      {items.length > 0 && <ForeseenTable label="What it would do" items={items} empty="Nothing is due" />}
    </Stack>
  );
}
