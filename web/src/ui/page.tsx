import { Box, Breadcrumbs, Card, Container, Group, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { createContext, type ReactNode, useContext } from 'react';
import { TextLink } from './links.tsx';
import { PageHeading } from './page-heading.tsx';
import { useShop } from './session-context.ts';

/** Whether something is drawn below a page's own heading: what loads or fails there is a part, not the page. */
export const InsidePage = createContext(false);

interface PageProps {
  title: string;
  subtitle?: ReactNode;
  /** Beside the title: a state badge, for example. */
  badge?: ReactNode;
  actions?: ReactNode;
  /** The way here, without the page itself. */
  breadcrumbs?: { label: string; href: string }[];
  /** Width of the column; tables want `xl`, forms and texts `sm`. */
  size?: 'xs' | 'sm' | 'md' | 'lg' | 'xl';
  children: ReactNode;
}

/** The frame of every page: one h1, which takes the focus when somebody navigates here, and the tab's title. */
export function Page({ title, subtitle, badge, actions, breadcrumbs, size = 'xl', children }: PageProps) {
  const shop = useShop();
  useDocumentTitle(`${title} · ${shop.name}`);
  return (
    <Container size={size} px={0} w="100%">
      <Stack gap="xl">
        <Box className="ui-screen-only" component="header">
          {breadcrumbs && <Trail breadcrumbs={breadcrumbs} />}
          <Group justify="space-between" align="flex-start" gap="md">
            <Box flex="1 1 240px" miw={0}>
              <Group gap="sm" align="center">
                <PageHeading>{title}</PageHeading>
                {badge}
              </Group>
              {subtitle && (
                <Text c="dimmed" mt={4} component="div">
                  {subtitle}
                </Text>
              )}
            </Box>
            {actions && <Group gap="sm">{actions}</Group>}
          </Group>
        </Box>
        <InsidePage value>{children}</InsidePage>
      </Stack>
    </Container>
  );
}

function Trail({ breadcrumbs }: { breadcrumbs: { label: string; href: string }[] }) {
  return (
    <Box component="nav" aria-label="Breadcrumbs" mb="xs">
      <Breadcrumbs
        separatorMargin={6}
        fz="sm"
        style={{ flexWrap: 'wrap' }}
        styles={{ breadcrumb: { whiteSpace: 'normal', overflowWrap: 'anywhere', minWidth: 0 } }}
      >
        {breadcrumbs.map((crumb) => (
          <TextLink key={crumb.href} href={crumb.href} c="dimmed" size="sm" underline="hover">
            {crumb.label}
          </TextLink>
        ))}
      </Breadcrumbs>
    </Box>
  );
}

/** While data is on its way: the shape of a page, or of its parts below the heading; read out once as "Loading". */
export function PageLoading({ blocks = 2 }: { blocks?: number }) {
  const part = useContext(InsidePage);
  return (
    <Stack gap="xl" aria-busy="true" aria-live="polite">
      <VisuallyHidden>Loading</VisuallyHidden>
      {!part && (
        <Stack gap="xs">
          <Skeleton h={30} w="min(320px, 70%)" />
          <Skeleton h={16} w="min(220px, 50%)" />
        </Stack>
      )}
      {Array.from({ length: blocks }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Card key={index}>
          <Stack gap="md">
            <Skeleton h={18} w="min(180px, 40%)" mb={4} />
            <Skeleton h={12} w="82%" />
            <Skeleton h={12} w="64%" />
            <Skeleton h={12} w="74%" />
          </Stack>
        </Card>
      ))}
    </Stack>
  );
}
