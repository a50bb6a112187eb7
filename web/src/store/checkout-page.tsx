import { Stack } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useApiQuery } from '../api/client.ts';
import { Notice } from '../ui/notice.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { useSession } from '../ui/session.tsx';
import { CheckoutAccount } from './checkout-account.tsx';
import { CheckoutForm } from './checkout-form.tsx';
import { QuoteSummary } from './quote-summary.tsx';
import { readSelection, type StoreProductDetail } from './selection.ts';
import classes from './store.module.css';
import { useQuote } from './use-quote.ts';

/** Who orders, what the panel needs to know, how it is paid. What is ordered comes with the address. */
export function CheckoutPage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string };
  const { currency } = useSearch({ strict: false }) as { currency?: string };
  const product = useApiQuery('/api/v1/store/products/{slug}', { path: { slug }, query: currency ? { currency } : {} });
  if (product.error) return <PageError error={product.error} onRetry={() => void product.refetch()} />;
  if (!product.data) return <PageLoading />;
  return <Checkout product={product.data} />;
}

function Checkout({ product }: { product: StoreProductDetail }) {
  const session = useSession();
  const search = useSearch({ strict: false }) as Record<string, string>;
  const selection = readSelection(product, search);
  const [useCredit, setUseCredit] = useState(true);
  const quote = useQuote(product, selection, useCredit && session.kind === 'customer');
  const back = `/products/${product.slug}?${new URLSearchParams(search)}`;
  return (
    <Page title="Checkout" breadcrumbs={[{ label: product.name, href: back }]}>
      <div className={classes.columns}>
        <Stack gap="lg">
          <CheckoutAccount currency={product.currency} />
          {session.kind === 'customer' && (
            <CheckoutForm
              product={product}
              selection={selection}
              quote={quote}
              useCredit={useCredit}
              onUseCredit={setUseCredit}
            />
          )}
          {session.kind === 'staff' && (
            <Notice tone="warn">You are signed in as staff. Sign in as a customer to order.</Notice>
          )}
        </Stack>
        <QuoteSummary product={product} quote={quote} domain={selection.domain} />
      </div>
    </Page>
  );
}
