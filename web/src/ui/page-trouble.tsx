import { Stack, Text, ThemeIcon } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { type Icon, IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PageHeading } from './page-heading.tsx';
import { useShop } from './session-context.ts';

interface PageTroubleProps {
  title: string;
  text: string;
  icon?: Icon;
  /** Small, below: what support asks for. */
  note?: string | null;
  /** The way out. */
  actions?: ReactNode;
}

/** Instead of a whole page: what is the matter, and where to go from here. */
export function PageTrouble({ title, text, icon: Icon = IconAlertTriangle, note, actions }: PageTroubleProps) {
  const shop = useShop();
  useDocumentTitle(`${title} · ${shop.name}`);
  return (
    <Stack align="center" gap="xs" py={{ base: 48, sm: 88 }} px="md" ta="center" role="alert">
      <ThemeIcon size={56} radius="xl" variant="default" mb="xs" aria-hidden>
        <Icon size={28} stroke={1.6} />
      </ThemeIcon>
      <PageHeading>{title}</PageHeading>
      <Text c="dimmed" maw={460}>
        {text}
      </Text>
      {actions && (
        <Stack gap="sm" mt="md" align="center">
          {actions}
        </Stack>
      )}
      {note && (
        <Text size="xs" c="dimmed" mt="lg" style={{ overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      )}
    </Stack>
  );
}
