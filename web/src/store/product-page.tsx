import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useApiQuery } from '../api/client.ts';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { Section } from '../ui/section.tsx';
import { domainProblem, tidyDomain } from './domain.ts';
import { QuoteSummary } from './quote-summary.tsx';
import { readSelection, type Selection, type StoreProductDetail, writeSelection } from './selection.ts';
import { SelectionFields } from './selection-fields.tsx';
import classes from './store.module.css';
import { useQuote } from './use-quote.ts';

/** Put a product together: cycle, options, domain; the price follows every choice. */
export function ProductPage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string };
  const { currency } = useSearch({ strict: false }) as { currency?: string };
  const product = useApiQuery('/api/v1/store/products/{slug}', { path: { slug }, query: currency ? { currency } : {} });
  if (product.error) return <PageError error={product.error} onRetry={() => void product.refetch()} />;
  if (!product.data) return <PageLoading />;
  return <Configure product={product.data} />;
}

function Configure({ product }: { product: StoreProductDetail }) {
  const search = useSearch({ strict: false }) as Record<string, string>;
  const navigate = useNavigate();
  const selection = readSelection(product, search);
  const [domain, setDomain] = useState(selection.domain);
  const [problem, setProblem] = useState<string | null>(null);
  const domainField = useRef<HTMLInputElement>(null);
  const quote = useQuote(product, { ...selection, domain: tidyDomain(domain) });

  const change = (changes: Partial<Selection>) =>
    navigate({
      to: '.',
      search: { currency: product.currency, ...writeSelection({ ...selection, ...changes }) } as never,
      replace: true,
      resetScroll: false,
    });

  const goOn = async () => {
    const tidy = tidyDomain(domain);
    const wrong = domainProblem(tidy);
    setProblem(wrong);
    if (wrong) {
      domainField.current?.focus();
      return;
    }
    await change({ domain: tidy });
    await navigate({
      to: '/checkout/$slug',
      params: { slug: product.slug } as never,
      search: { currency: product.currency, ...writeSelection({ ...selection, domain: tidy }) } as never,
    });
  };

  return (
    <Page title={product.name} subtitle={product.tagline} breadcrumbs={[{ label: product.groupName, href: '/' }]}>
      <form
        noValidate
        className={classes.columns}
        onSubmit={(event) => {
          event.preventDefault();
          void goOn();
        }}
      >
        <Stack gap="lg">
          {product.description && <Text className={classes.description}>{product.description}</Text>}
          <Section title="Domain" description="The name your site will have. You can point it here later.">
            <TextInput
              ref={domainField}
              aria-label="Domain"
              placeholder="example.com"
              size="md"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              inputMode="url"
              value={domain}
              error={problem}
              onChange={(event) => {
                setDomain(event.currentTarget.value);
                if (problem) setProblem(domainProblem(tidyDomain(event.currentTarget.value)));
              }}
              onBlur={() => setDomain(tidyDomain(domain))}
            />
          </Section>
          <SelectionFields product={product} selection={selection} onChange={(changes) => void change(changes)} />
        </Stack>
        <QuoteSummary product={product} quote={quote} domain={tidyDomain(domain)}>
          <Button type="submit" size="md" fullWidth disabled={!product.inStock}>
            {product.inStock ? 'Continue to checkout' : 'Sold out'}
          </Button>
        </QuoteSummary>
      </form>
    </Page>
  );
}
