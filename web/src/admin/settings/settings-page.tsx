import { NumberInput, Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import { Loaded } from '../shared/loaded.tsx';

export function SettingsPage() {
  const settings = useApiQuery('/api/v1/settings', {});
  return (
    <Page title="Settings" size="md">
      <Loaded query={settings}>{(data) => <SettingsForm settings={data} />}</Loaded>
    </Page>
  );
}

// Browsers leave the plain name of universal time out of their list.
const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

function SettingsForm({ settings }: { settings: Api<'Settings'> }) {
  const readOnly = !useCan()('settings:write');
  const form = useApiForm({
    initialValues: { ...settings, invoiceDueDays: settings.invoiceDueDays as number | '' },
    validate: {
      shopName: (name) => (name.trim() === '' ? 'Give the shop a name' : null),
      currencies: (currencies) => (currencies.length === 0 ? 'At least one' : null),
      invoiceDueDays: (days) => (days === '' ? 'Say how many days' : null),
    },
    send: (draft) =>
      send('put', '/api/v1/settings', {
        body: {
          ...draft,
          currencies: draft.currencies.map((currency) => currency.trim().toUpperCase()),
          invoiceDueDays: Number(draft.invoiceDueDays),
        },
      }),
    onDone: () => notifySuccess('The settings are saved.'),
  });
  return (
    <fieldset disabled={readOnly} style={{ border: 0, padding: 0, margin: 0, minInlineSize: 0 }}>
      <FormShell form={form} submitLabel="Save settings" guarded>
        <Section title="Shop" description="Stands in the store, on invoices and in mails.">
          <Stack>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="Name" withAsterisk {...form.getInputProps('shopName')} />
              <TextInput label="Support e-mail" type="email" {...form.getInputProps('supportEmail')} />
            </SimpleGrid>
            <Textarea label="Address" autosize minRows={3} maxLength={500} {...form.getInputProps('shopAddress')} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="Tax ID" maxLength={60} {...form.getInputProps('taxId')} />
              <TextInput
                label="Terms of service"
                description="Address of the page customers agree to. Blank when there is none."
                type="url"
                {...form.getInputProps('termsUrl')}
              />
            </SimpleGrid>
          </Stack>
        </Section>
        <Section title="Store page" description="What visitors and search engines read first.">
          <Stack>
            <TextInput
              label="Headline"
              description="Blank shows the name of the shop."
              maxLength={120}
              {...form.getInputProps('storeHeadline')}
            />
            <Textarea
              label="Introduction"
              description="A sentence or two below the headline."
              autosize
              minRows={2}
              maxLength={300}
              {...form.getInputProps('storeIntro')}
            />
          </Stack>
        </Section>
        <Section title="Money">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TagsInput
              label="Currencies"
              description="Three-letter codes; the first is the default. Press Enter after each."
              placeholder="EUR"
              withAsterisk
              maxTags={20}
              {...form.getInputProps('currencies')}
            />
            <NumberInput
              label="Days to pay an invoice"
              description="0 to 90."
              min={0}
              max={90}
              allowDecimal={false}
              {...form.getInputProps('invoiceDueDays')}
            />
          </SimpleGrid>
        </Section>
        <Section title="Days and staff">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label="Time zone"
              description="Decides on which calendar day something happens."
              data={TIME_ZONES}
              searchable
              allowDeselect={false}
              {...form.getInputProps('timeZone')}
            />
            <Select
              label="Two-step sign-in of staff"
              description="Required: staff without it can only set it up."
              data={[
                { value: 'off', label: 'As each likes' },
                { value: 'required', label: 'Required' },
              ]}
              allowDeselect={false}
              {...form.getInputProps('staffTwoFactor')}
            />
          </SimpleGrid>
        </Section>
      </FormShell>
    </fieldset>
  );
}
