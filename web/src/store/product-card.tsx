import { Badge, Group, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Api } from '../api/types.ts';
import { type Cycle, perCycle } from '../ui/cycle.ts';
import { ButtonLink } from '../ui/links.tsx';
import { formatMoney } from '../ui/money.tsx';
import { Saving } from './saving.tsx';
import classes from './store.module.css';

interface ProductCardProps {
  product: Api<'StoreProduct'>;
  /** Shown where the product is sold by it, else the product's shortest cycle. */
  cycle: Cycle | undefined;
  currency: string;
}

/** From this many left on, the number is worth knowing. */
const FEW_LEFT = 10;

export function ProductCard({ product, cycle, currency }: ProductCardProps) {
  const price = product.prices.find((offered) => offered.cycle === cycle) ?? product.prices[0];
  const query = price ? `?${new URLSearchParams({ cycle: price.cycle, currency })}` : '';
  return (
    <article className={classes.product}>
      <div>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={3} fz="lg">
            {product.name}
          </Title>
          {product.inStock && product.stockLeft !== null && product.stockLeft <= FEW_LEFT && (
            <Badge variant="light" color="orange" tt="none" style={{ flexShrink: 0 }}>
              {product.stockLeft} left
            </Badge>
          )}
        </Group>
        {product.tagline && (
          <Text c="dimmed" size="sm" mt={4}>
            {product.tagline}
          </Text>
        )}
      </div>
      <div>{price && <Price price={price} currency={currency} />}</div>
      {product.inStock && price ? (
        <ButtonLink href={`/products/${product.slug}${query}`} mt="lg" size="md" aria-label={`Choose ${product.name}`}>
          Choose
        </ButtonLink>
      ) : (
        <Text mt="lg" fw={550} c="dimmed">
          {price ? 'Sold out' : `Not sold in ${currency}`}
        </Text>
      )}
      {product.features.length > 0 && (
        <ul className={classes.features}>
          {product.features.map((feature) => (
            <li key={feature}>
              <IconCheck size={17} stroke={2.2} aria-hidden />
              {feature}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function Price({ price, currency }: { price: Api<'StoreProduct'>['prices'][number]; currency: string }) {
  return (
    <>
      <div className={classes.price}>
        <span className={classes.amount}>
          {price.cycle === 'free' ? 'Free' : formatMoney(price.amountMinor, currency)}
        </span>
        <Text c="dimmed" size="sm" component="span">
          {perCycle(price.cycle)}
        </Text>
        <Saving percent={price.savingPercent} />
      </div>
      {price.setupMinor > 0 && (
        <Text c="dimmed" size="xs">
          plus {formatMoney(price.setupMinor, currency)} set-up, once
        </Text>
      )}
    </>
  );
}
