import {
  Alert,
  Box,
  Breadcrumbs,
  Button,
  Container,
  Group,
  Skeleton,
  Stack,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useCanGoBack, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { asProblem } from '../api/problem.ts';
import { TextLink } from './links.tsx';
import { useShop } from './session-context.ts';

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
        {children}
      </Stack>
    </Container>
  );
}

function Trail({ breadcrumbs }: { breadcrumbs: { label: string; href: string }[] }) {
  return (
    <Box component="nav" aria-label="Breadcrumbs" mb="xs">
      <Breadcrumbs separatorMargin={6} fz="sm">
        {breadcrumbs.map((crumb) => (
          <TextLink key={crumb.href} href={crumb.href} c="dimmed" size="sm" underline="hover">
            {crumb.label}
          </TextLink>
        ))}
      </Breadcrumbs>
    </Box>
  );
}

/** The page's h1 for layouts of their own. A screen reader starts reading here after a navigation. */
export function PageHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const cameFromInside = useCanGoBack();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what moves the focus
  useEffect(() => {
    if (cameFromInside) heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Title>
  );
}

/** Instead of a page, or of a part of one, that could not be read. */
export function PageError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = asProblem(error);
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem.status === 404 ? 'Not found' : 'This could not be loaded'}
      role="alert"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{problem.detail}</Text>
        {problem.issues.map((issue) => (
          <Text size="sm" key={issue.path}>
            {issue.path.split('.').at(-1)}: {issue.message}
          </Text>
        ))}
        {problem.correlationId && (
          <Text size="xs" c="dimmed">
            For support: {problem.correlationId}
          </Text>
        )}
        {onRetry && problem.status !== 404 && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** While a page's data is on its way: the shape of a page, read out once as "Loading". */
export function PageLoading({ blocks = 2 }: { blocks?: number }) {
  return (
    <Stack gap="xl" aria-busy="true" aria-live="polite">
      <VisuallyHidden>Loading</VisuallyHidden>
      <Stack gap="xs">
        <Skeleton h={30} w="min(320px, 70%)" />
        <Skeleton h={16} w="min(220px, 50%)" />
      </Stack>
      {Array.from({ length: blocks }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={index} h={150} radius="lg" />
      ))}
    </Stack>
  );
}
