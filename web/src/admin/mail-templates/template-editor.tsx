import { Box, Button, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { send, useApiMutation } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { FormShell, useApiForm } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { notifyProblem, notifySuccess } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { SourceField } from './source-field.tsx';
import { TemplateNames } from './template-names.tsx';
import { TemplatePreview } from './template-preview.tsx';
import { type Part, usePreview } from './use-preview.ts';

type Source = Api<'MailTemplateSource'>;

const needed = (text: string) => (text.trim() === '' ? 'This cannot be empty' : null);

export function TemplateEditor({ template }: { template: Api<'MailTemplate'> }) {
  const readOnly = !useCan()('settings:write');
  const { key } = template;
  const form = useApiForm({
    initialValues: template.source,
    validate: { subject: needed, html: needed, text: needed },
    send: (source: Source) => send('put', '/api/v1/mail-templates/{key}', { path: { key }, body: source }),
    onDone: () => notifySuccess('The template is saved. Mails are written with it from now on.'),
  });
  // What is shown then is what is stored: nothing of it waits for being saved.
  const showDefault = () => {
    form.setValues(template.default);
    form.resetDirty(template.default);
  };
  const preview = usePreview(key, form.values);
  const fields = useRef<Partial<Record<Part, HTMLInputElement | HTMLTextAreaElement>>>({});
  const latest = useRef<Part>('html');

  const propsOf = (part: Part) => {
    const { onFocus, error, ...input } = form.getInputProps(part);
    return {
      ...input,
      error: error ?? preview.mistakeIn(part),
      onFocus: (event: unknown) => {
        latest.current = part;
        onFocus?.(event);
      },
      ref: (field: HTMLInputElement | HTMLTextAreaElement | null) => {
        fields.current[part] = field ?? undefined;
      },
    };
  };
  const write = (usage: string) => {
    const part = latest.current;
    const field = fields.current[part];
    if (!field || readOnly) return;
    field.setRangeText(usage, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    form.setFieldValue(part, field.value);
    field.focus();
  };

  return (
    <Page
      title={template.name}
      subtitle={template.purpose}
      badge={<StateBadge state={template.state} />}
      breadcrumbs={[{ label: 'Mail templates', href: '/admin/mail-templates' }]}
      actions={<BackToDefault template={template} onDone={showDefault} />}
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Box component="fieldset" disabled={readOnly} m={0} p={0} bd={0} miw={0}>
          <Section title="Template">
            <FormShell
              form={form}
              guarded
              submitLabel="Save template"
              secondary={<SendTest template={template} source={form.values} />}
            >
              {template.state === 'broken' && (
                <Notice tone="bad">
                  The saved template cannot be used any more, so mails go out with the default. Correct it, or go back.
                </Notice>
              )}
              <TextInput label="Subject" withAsterisk maxLength={500} {...propsOf('subject')} />
              <SourceField
                label="HTML"
                description="The frame around it, with the shop's name and address, comes by itself."
                rows={18}
                wrongLine={preview.lineIn('html')}
                {...propsOf('html')}
                value={form.values.html}
              />
              <SourceField
                label="Plain text"
                description="For programs and people that show no HTML."
                rows={14}
                wrongLine={preview.lineIn('text')}
                {...propsOf('text')}
                value={form.values.text}
              />
            </FormShell>
          </Section>
        </Box>
        <Stack gap="lg" miw={0}>
          <TemplatePreview preview={preview} />
          <TemplateNames names={template.names} onPick={write} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

function BackToDefault({ template, onDone }: { template: Api<'MailTemplate'>; onDone: () => void }) {
  const roleRefusal = useRoleRefusal();
  const ask = () =>
    confirm({
      title: `Go back to the default of “${template.name}”?`,
      body: 'Your version is taken away. The audit log keeps what it said.',
      confirmLabel: 'Back to default',
      tone: 'danger',
      run: async () => {
        await send('delete', '/api/v1/mail-templates/{key}', { path: { key: template.key } });
        onDone();
      },
    });
  const inUse = template.state === 'default' ? 'The default is in use already.' : null;
  return (
    <ActionButton variant="default" refusal={roleRefusal('settings:write') ?? inUse} onClick={ask}>
      Back to default
    </ActionButton>
  );
}

function SendTest({ template, source }: { template: Api<'MailTemplate'>; source: Source }) {
  const test = useApiMutation('post', '/api/v1/mail-templates/{key}/send-test', {
    onSuccess: (mail) => notifySuccess(`A test is on its way to ${mail.toAddress}.`),
    onError: notifyProblem,
  });
  return (
    <Button
      variant="default"
      loading={test.isPending}
      onClick={() => test.mutate({ path: { key: template.key }, body: source })}
    >
      Send me a test
    </Button>
  );
}
