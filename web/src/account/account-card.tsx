import { Card, Container, Stack, Text } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { InsidePage } from '../ui/page.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { useShop } from '../ui/session-context.ts';

interface AccountCardProps {
  title: string;
  subtitle?: ReactNode;
  /** Below the card: the other way in. */
  footer?: ReactNode;
  children: ReactNode;
}

/** The small page of everything around signing in. */
export function AccountCard({ title, subtitle, footer, children }: AccountCardProps) {
  const shop = useShop();
  useDocumentTitle(`${title} · ${shop.name}`);
  return (
    <Container size={460} px={0}>
      <Stack gap="lg">
        <div>
          <PageHeading>{title}</PageHeading>
          {subtitle && (
            <Text c="dimmed" mt={4}>
              {subtitle}
            </Text>
          )}
        </div>
        <Card padding="xl">
          <InsidePage value>{children}</InsidePage>
        </Card>
        {footer && (
          <Text size="sm" c="dimmed" ta="center" component="div">
            {footer}
          </Text>
        )}
      </Stack>
    </Container>
  );
}
