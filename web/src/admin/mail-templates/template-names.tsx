import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { Section } from '../../ui/section.tsx';
import classes from './template-names.module.css';

/** What a template may name. A press writes it where the cursor was. */
export function TemplateNames({
  names,
  onPick,
}: {
  names: Api<'MailTemplate'>['names'];
  onPick: (usage: string) => void;
}) {
  return (
    <Section title="Names" description="Press one to write it where the cursor was." flush>
      <ul className={classes.names}>
        {names.map(({ name, usage, example, sometimes }) => (
          <li key={name}>
            <UnstyledButton className={classes.name} onClick={() => onPick(usage)}>
              <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
                <span className={classes.usage}>{usage}</span>
                {sometimes && (
                  <Badge variant="default" size="sm" tt="none" fw={500} style={{ flexShrink: 0 }}>
                    Not always
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {example || 'Empty in this shop'}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}
