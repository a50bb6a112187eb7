import { Box, Card, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** For tables, which bring their own edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A titled card of a page. */
export function Section({ title, description, actions, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} padding={0}>
      <Group justify="space-between" align="flex-start" px="lg" pt="lg" pb="md" gap="sm">
        <Box flex="1 1 200px" miw={0}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description && (
            <Text c="dimmed" size="sm" mt={2} component="div">
              {description}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      <Box px={flush ? 0 : 'lg'} pb={flush ? 0 : 'lg'}>
        {children}
      </Box>
    </Card>
  );
}
