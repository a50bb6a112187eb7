import { Group, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconShoppingBag } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useApiQuery } from '../api/client.ts';
import { CYCLE_ORDER, type Cycle, cycleName, isCycle } from '../ui/cycle.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Redirect } from '../ui/links.tsx';
import { PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { useSession } from '../ui/session.tsx';
import { ProductCard } from './product-card.tsx';
import { Promises } from './promises.tsx';
import classes from './store.module.css';

interface StoreSearch {
  cycle?: string;
  currency?: string;
}

/** What is on sale, by group. Cycle and currency are kept in the address. */
export function StorePage() {
  const { shop } = useSession();
  const search = useSearch({ strict: false }) as StoreSearch;
  const navigate = useNavigate();
  const store = useApiQuery(
    '/api/v1/store',
    { query: search.currency ? { currency: search.currency } : {} },
    { keepPrevious: true },
  );
  useDocumentTitle([...new Set([shop.name, shop.headline])].join(' · '));
  if (shop.setUpNeeded) return <Redirect href="/set-up" />;
  if (store.error) return <PageError error={store.error} onRetry={() => void store.refetch()} />;
  if (!store.data) return <PageLoading blocks={3} />;

  const groups = store.data.groups.filter((group) => group.products.length > 0);
  const sold = new Set(
    groups.flatMap((group) => group.products.flatMap((product) => product.prices.map((price) => price.cycle))),
  );
  // What is free or paid once is so in every cycle: there is nothing to switch to.
  const cycles = CYCLE_ORDER.filter((cycle) => sold.has(cycle) && cycle !== 'free' && cycle !== 'one-time');
  const cycle: Cycle | undefined = isCycle(search.cycle) && cycles.includes(search.cycle) ? search.cycle : cycles[0];
  const change = (changes: StoreSearch) =>
    void navigate({ to: '.', search: { ...search, ...changes } as never, replace: true, resetScroll: false });

  return (
    <Stack gap={48}>
      <div className={classes.hero}>
        <PageHeading>{shop.headline}</PageHeading>
        {shop.intro && (
          <Text c="dimmed" size="lg" mt="sm" maw={560} mx="auto">
            {shop.intro}
          </Text>
        )}
        <Group justify="center" mt="xl" gap="sm">
          {cycles.length > 1 && (
            <SegmentedControl
              aria-label="Billing cycle"
              radius="xl"
              data={cycles.map((value) => ({ value, label: cycleName(value) }))}
              value={cycle ?? ''}
              onChange={(value) => change({ cycle: value })}
              visibleFrom="xs"
            />
          )}
          {cycles.length > 1 && (
            <Select
              aria-label="Billing cycle"
              hiddenFrom="xs"
              w={190}
              data={cycles.map((value) => ({ value, label: cycleName(value) }))}
              value={cycle ?? null}
              allowDeselect={false}
              onChange={(value) => change({ cycle: value ?? undefined })}
            />
          )}
          {shop.currencies.length > 1 && (
            <Select
              aria-label="Currency"
              w={96}
              data={shop.currencies}
              value={store.data.currency}
              allowDeselect={false}
              onChange={(value) => change({ currency: value ?? undefined })}
            />
          )}
        </Group>
      </div>
      {groups.length === 0 && (
        <EmptyState icon={IconShoppingBag} title="Nothing is on sale yet" text="Please come back soon." />
      )}
      {groups.map((group) => (
        <Stack key={group.id} component="section" aria-labelledby={`group-${group.slug}`} gap="lg">
          <div>
            <Title order={2} id={`group-${group.slug}`} fz={22}>
              {group.name}
            </Title>
            {group.description && <Text c="dimmed">{group.description}</Text>}
          </div>
          <div className={classes.products}>
            {group.products.map((product) => (
              <ProductCard key={product.id} product={product} cycle={cycle} currency={store.data.currency} />
            ))}
          </div>
        </Stack>
      ))}
      {groups.length > 0 && <Promises />}
    </Stack>
  );
}
