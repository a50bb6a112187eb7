import { NumberInput, SimpleGrid, TagsInput } from '@mantine/core';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Loaded } from '../shared/loaded.tsx';

export function LadderDaysForm({ onDone }: { onDone: () => void }) {
  const settings = useApiQuery('/api/v1/automation/settings', {});
  return <Loaded query={settings}>{(data) => <DaysForm settings={data} onDone={onDone} />}</Loaded>;
}

function DaysForm({ settings, onDone }: { settings: Api<'AutomationSettings'>; onDone: () => void }) {
  const form = useApiForm({
    initialValues: {
      ...settings,
      collectDays: settings.collectDays.map(String),
      reminderDays: settings.reminderDays.map(String),
    },
    send: ({ collectDays, reminderDays, ...rest }) =>
      send('put', '/api/v1/automation/settings', {
        body: { ...rest, collectDays: collectDays.map(Number), reminderDays: reminderDays.map(Number) },
      }),
    fieldOf: (path) => path.replace(/^(collectDays|reminderDays)\.\d+$/, '$1'),
    onDone: () => {
      onDone();
      notifySuccess('The days are changed. They hold from the next run on.');
    },
  });
  return (
    <FormShell form={form} submitLabel="Save the days">
      <NumberInput
        label="Renewal invoice"
        description="Days before the end of a paid period."
        allowDecimal={false}
        {...form.getInputProps('renewalInvoiceDays')}
      />
      <TagsInput
        label="Charge saved cards"
        description="Days after the due day of an invoice; -1 is the day before it."
        {...form.getInputProps('collectDays')}
      />
      <TagsInput
        label="Reminders"
        description="Days after the due day of an invoice; -3 is three days before it."
        {...form.getInputProps('reminderDays')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label="Suspend"
          description="Days after the due day."
          allowDecimal={false}
          {...form.getInputProps('suspendAfterDays')}
        />
        <NumberInput
          label="Propose termination"
          description="Days after the due day."
          allowDecimal={false}
          {...form.getInputProps('terminateAfterDays')}
        />
      </SimpleGrid>
      <NumberInput
        label="Hour of the nightly run"
        description="0 to 23, in the shop’s time zone."
        allowDecimal={false}
        {...form.getInputProps('runAtHour')}
      />
    </FormShell>
  );
}
