import { Card, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { cycleName, perCycle } from '../ui/cycle.ts';
import { formatMoney } from '../ui/money.tsx';
import { PageError } from '../ui/page-error.tsx';
import type { StoreProductDetail } from './selection.ts';
import classes from './store.module.css';
import type { useQuote } from './use-quote.ts';

interface QuoteSummaryProps {
  product: StoreProductDetail;
  quote: ReturnType<typeof useQuote>;
  domain?: string;
  /** What the card and the sum are called, for who does not buy for themselves. */
  words?: { title: string; total: string };
  /** Below the total: the button that goes on. */
  children?: ReactNode;
}

const BUYER_WORDS = { title: 'Your order', total: 'Due today' };

/** The order at a glance: lines, what is due today and what it renews at. All amounts are the server's. */
export function QuoteSummary({ product, quote, domain, words = BUYER_WORDS, children }: QuoteSummaryProps) {
  const item = quote.data?.items[0];
  return (
    <Card component="section" aria-label={words.title} className={classes.aside} padding="xl" radius="xl">
      <Stack gap="lg">
        <div>
          <Title order={2}>{product.name}</Title>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {domain}
          </Text>
        </div>
        {quote.error && <PageError error={quote.error} onRetry={() => void quote.refetch()} />}
        {!quote.data && !quote.error && <Skeleton h={90} />}
        {quote.data && item && (
          <>
            <dl className={classes.lines}>
              {item.lines.map((line) => (
                <Fragment key={`${line.kind}:${line.description}`}>
                  <dt>
                    {/* The server's own words name product and domain once more; both stand above. */}
                    {line.kind === 'recurring' ? cycleName(item.cycle) : line.description}
                    {line.quantity > 1 && ` × ${line.quantity}`}
                  </dt>
                  <dd>{formatMoney(line.amountMinor, quote.data.currency)}</dd>
                </Fragment>
              ))}
              {quote.data.creditMinor > 0 && (
                <>
                  <dt>Your credit</dt>
                  <dd>{formatMoney(-quote.data.creditMinor, quote.data.currency)}</dd>
                </>
              )}
            </dl>
            <div className={classes.total}>
              <Text fw={600}>{words.total}</Text>
              <Text fw={680} fz="xl" className="ui-numbers" aria-live="polite">
                {formatMoney(quote.data.dueMinor, quote.data.currency)}
              </Text>
            </div>
            {item.recurringMinor > 0 && item.cycle !== 'one-time' && (
              <Text size="sm" c="dimmed" mt={-12}>
                Renews at {formatMoney(item.recurringMinor, quote.data.currency)} {perCycle(item.cycle)}
              </Text>
            )}
          </>
        )}
        {children}
      </Stack>
    </Card>
  );
}
