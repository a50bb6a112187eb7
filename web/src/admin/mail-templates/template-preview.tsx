import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { MailFrame, MailText } from '../mails/mail-frame.tsx';
import type { usePreview } from './use-preview.ts';

const VIEWS = [
  { value: 'desktop', label: 'Desktop' },
  { value: 'phone', label: 'Phone' },
  { value: 'text', label: 'Plain text' },
] as const;

type View = (typeof VIEWS)[number]['value'];

/** The mail as it would be written, with made-up values. */
export function TemplatePreview({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const [view, setView] = useState<View>('desktop');
  const { shown, problem } = preview;
  return (
    <Section
      title="Preview"
      description="Filled in with samples."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="How the preview is shown"
          data={[...VIEWS]}
          value={view}
          onChange={(chosen) => setView(chosen as View)}
        />
      }
    >
      <Stack gap="sm">
        {problem && (
          <Notice tone="warn">{shown ? `${problem.detail} Below is how it was before.` : problem.detail}</Notice>
        )}
        {shown ? (
          <>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <Text span c="dimmed" size="sm">
                Subject:{' '}
              </Text>
              {shown.subject}
            </Text>
            {view === 'text' ? (
              <MailText text={shown.text} />
            ) : (
              <MailFrame html={shown.html} title="Preview of the mail" device={view} />
            )}
          </>
        ) : (
          !problem && <Skeleton h={400} radius="md" />
        )}
      </Stack>
    </Section>
  );
}
