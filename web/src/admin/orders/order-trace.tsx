import { Group, Switch, Text, Timeline } from '@mantine/core';
import { IconActivity, IconBolt, IconCash, IconMail, IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { Api } from '../../api/types.ts';
import { TextLink } from '../../ui/links.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Instant } from '../../ui/time.tsx';
import { OutcomeBadge } from '../panel-log/outcome-badge.tsx';

type Entry = Api<'Order'>['trace'][number];

/** How each kind of entry is marked, and where one reads more about it. */
const KINDS = {
  event: { icon: IconBolt, href: null },
  operation: { icon: IconActivity, href: '/admin/operations/' },
  panel_call: { icon: IconTerminal2, href: '/admin/panel-log/' },
  mail: { icon: IconMail, href: '/admin/mails/' },
  payment: { icon: IconCash, href: null },
} satisfies Record<Entry['kind'], { icon: typeof IconBolt; href: string | null }>;

/** A call that went as it should is told by its operation already. */
const isRoutine = (entry: Entry) => entry.kind === 'panel_call' && entry.state === 'answered';

/** Everything that happened because of an order, oldest first: events, charges, operations, panel calls and mails. */
export function OrderTrace({ trace }: { trace: Entry[] }) {
  const [all, setAll] = useState(false);
  const routine = trace.filter(isRoutine).length;
  return (
    <Section
      title="Everything that happened"
      description="One trace, oldest first: events, payments, panel calls and mails."
      actions={
        routine > 0 && (
          <Switch
            size="sm"
            label={`All ${routine} panel calls`}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )
      }
    >
      <Timeline bulletSize={26} lineWidth={2} color="gray">
        {trace
          .filter((entry) => all || !isRoutine(entry))
          .map((entry, index) => {
            const { icon: Icon, href } = KINDS[entry.kind];
            return (
              <Timeline.Item
                mt={index === 0 ? 0 : 'md'}
                key={`${entry.kind}${entry.id}${entry.at}`}
                bullet={<Icon size={14} aria-hidden />}
              >
                {href ? (
                  <TextLink href={`${href}${entry.id}`} size="sm" underline="hover">
                    {entry.text}
                  </TextLink>
                ) : (
                  <Text size="sm">{entry.text}</Text>
                )}
                <Group gap="xs">
                  <Text size="xs" c="dimmed">
                    <Instant at={entry.at} />
                  </Text>
                  {entry.state &&
                    (entry.kind === 'panel_call' ? (
                      <OutcomeBadge outcome={entry.state} />
                    ) : (
                      <StateBadge state={entry.state} />
                    ))}
                </Group>
              </Timeline.Item>
            );
          })}
      </Timeline>
    </Section>
  );
}
