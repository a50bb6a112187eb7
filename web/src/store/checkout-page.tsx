import { Stack } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useApiQuery } from '../api/client.ts';
import { Notice } from '../ui/notice.tsx';
import { Page, PageLoading } from '../ui/page.tsx';
import { PageError } from '../ui/page-error.tsx';
import { useRightRefusal, useSession } from '../ui/session.tsx';
import { CheckoutAccount } from './checkout-account.tsx';
import { CheckoutForm, type CheckoutFormProps } from './checkout-form.tsx';
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
  const mayOrder = useRightRefusal()('billing') === null;
  const search = useSearch({ strict: false }) as Record<string, string>;
  const selection = readSelection(product, search);
  const [useCredit, setUseCredit] = useState(true);
  const quote = useQuote(product, selection, useCredit && mayOrder);
  const back = `/products/${product.slug}?${new URLSearchParams(search)}`;
  return (
    <Page title="Checkout" breadcrumbs={[{ label: product.name, href: back }]}>
      <div className={classes.columns}>
        <Stack gap="lg">
          <Ordering
            product={product}
            selection={selection}
            quote={quote}
            useCredit={useCredit}
            onUseCredit={setUseCredit}
          />
        </Stack>
        <QuoteSummary product={product} quote={quote} domain={selection.domain} />
      </div>
    </Page>
  );
}

/** Who orders and how it is paid; for who is signed in and may not order, why not. */
function Ordering(props: CheckoutFormProps) {
  const { kind } = useSession();
  const refusal = useRightRefusal()('billing');
  if (kind === 'staff') return <Notice tone="warn">You are signed in as staff. Sign in as a customer to order.</Notice>;
  if (kind === 'customer' && refusal !== null)
    return (
      <Notice tone="warn" title="You can look at what this costs, but not order it">
        {refusal}
      </Notice>
    );
  return (
    <>
      <CheckoutAccount currency={props.product.currency} />
      {kind === 'customer' && <CheckoutForm {...props} />}
    </>
  );
}
