import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { send } from '../api/client.ts';
import type { Api } from '../api/types.ts';
import { FormShell, useApiForm } from '../ui/form.tsx';
import { formatMoney } from '../ui/money.tsx';
import { PageError } from '../ui/page-error.tsx';
import { PACKAGE_DOORS, type PackageDoor } from './package-doors.ts';
import { PackagePicker } from './package-picker.tsx';
import { QuoteLines } from './quote-lines.tsx';
import { type PackageWish, usePackageQuote } from './use-package-quote.ts';

interface PackageChangeFormProps {
  door: PackageDoor;
  serviceId: string;
  packages: Api<'Packages'>;
  /** Why whoever looks may not ask for it, but look at what it costs; null when they may. */
  refusal?: string | null;
  /** How it is charged: from credit first, or not at all, which only staff may say. */
  terms: { useCredit: boolean; charge?: boolean };
  /** Asks for the terms, below what it costs. */
  termsFields: (quote: Api<'PackageQuote'>) => ReactNode;
  onDone: (change: Api<'PackageChange'> | null) => unknown;
}

/** A package is chosen, its price is shown, and that price is agreed to: when it is another by then, it is refused. */
export function PackageChangeForm(props: PackageChangeFormProps) {
  const { door, serviceId, packages, terms, termsFields, onDone } = props;
  const form = useApiForm({
    initialValues: { productId: '', options: {} } as PackageWish,
    send: async (wish) => {
      try {
        return await send('post', PACKAGE_DOORS[door].change, {
          path: { id: serviceId },
          body: { ...wish, ...terms, dueMinor: quote.data?.dueMinor ?? 0 },
        });
      } catch (error) {
        void quote.refetch();
        throw error;
      }
    },
    onDone: ({ change }) => onDone(change),
  });
  const wish = { productId: form.values.productId, options: form.values.options };
  const quote = usePackageQuote(door, serviceId, wish);
  return (
    <FormShell
      form={form}
      submitLabel={
        quote.data && quote.data.dueMinor > 0 && terms.charge !== false
          ? `Change for ${formatMoney(quote.data.dueMinor, quote.data.currency)}`
          : 'Change package'
      }
      submitRefusal={props.refusal ?? notYet(wish, quote)}
    >
      <PackagePicker
        packages={packages}
        wish={wish}
        error={form.errors.productId}
        onChange={({ productId, options }) => form.setValues({ productId, options })}
      />
      {wish.productId !== '' && (
        <Stack aria-busy={!quote.current}>
          {quote.error && <PageError error={quote.error} />}
          {!quote.error && !quote.data && <Skeleton h={120} />}
          {!quote.error && quote.data && (
            <>
              <QuoteLines quote={quote.data} />
              {termsFields(quote.data)}
            </>
          )}
        </Stack>
      )}
    </FormShell>
  );
}

function notYet(wish: PackageWish, quote: ReturnType<typeof usePackageQuote>): string | null {
  if (wish.productId === '') return 'Choose a package first.';
  if (quote.error) return quote.error.detail;
  return quote.current ? null : 'The price is being reckoned.';
}
