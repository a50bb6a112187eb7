import { Checkbox, Stack } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { PackageChangeForm } from '../../packages/package-change-form.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { formatMoney } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { notifySuccess } from '../../ui/notify.tsx';
import { Page, PageLoading } from '../../ui/page.tsx';
import { PageError } from '../../ui/page-error.tsx';
import { Section } from '../../ui/section.tsx';
import { useRightRefusal } from '../../ui/session.tsx';

export function ChangePackagePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const path = { id };
  const service = useApiQuery('/api/v1/portal/services/{id}', { path });
  const packages = useApiQuery('/api/v1/portal/services/{id}/packages', { path });
  const refusal = useRightRefusal()('billing');
  const error = service.error ?? packages.error;
  if (error) return <PageError error={error} onRetry={() => void packages.refetch()} />;
  if (!service.data || !packages.data) return <PageLoading />;
  const home = `/portal/services/${id}`;
  return (
    <Page
      size="sm"
      title="Change package"
      subtitle={`${service.data.domain} has ${service.data.productName}. Files, mail and databases stay.`}
      breadcrumbs={[
        { label: 'Services', href: '/portal/services' },
        { label: service.data.domain, href: home },
      ]}
    >
      {leadsSomewhere(packages.data) ? (
        <Stack gap="lg">
          {refusal && (
            <Notice tone="busy" title="You can look at what a change costs">
              {refusal}
            </Notice>
          )}
          <Section title="What it is to be">
            <ChangeForm serviceId={id} packages={packages.data} refusal={refusal} />
          </Section>
        </Stack>
      ) : (
        <EmptyState
          icon={IconPackage}
          title="There is no other package for this service"
          action={
            <ButtonLink href={home} variant="default">
              Back to the service
            </ButtonLink>
          }
        />
      )}
    </Page>
  );
}

interface ChangeFormProps {
  serviceId: string;
  packages: Api<'Packages'>;
  /** Why whoever looks may not change it; null when they may. */
  refusal: string | null;
}

/** Its own package alone is a choice only when it has options. */
const leadsSomewhere = ({ items }: Api<'Packages'>) => items.some((item) => !item.current || item.options.length > 0);

function ChangeForm({ serviceId, packages, refusal }: ChangeFormProps) {
  const [useCredit, setUseCredit] = useState(false);
  const navigate = useNavigate();
  const credit = useApiQuery('/api/v1/portal/credit', {}, { enabled: refusal === null });
  const balance = credit.data?.balances.find(({ currency }) => currency === packages.currency)?.amountMinor ?? 0;
  const goOn = (change: Api<'PackageChange'> | null) => {
    if (change?.state === 'unpaid' && change.invoiceId) {
      notifySuccess('Pay the difference and the change is made.');
      return navigate({ href: `/portal/invoices/${change.invoiceId}` });
    }
    notifySuccess('The change is being made.');
    return navigate({ href: `/portal/services/${serviceId}` });
  };
  return (
    <PackageChangeForm
      door="customer"
      serviceId={serviceId}
      packages={packages}
      refusal={refusal}
      terms={{ useCredit }}
      termsFields={(quote) =>
        quote.dueMinor > 0 &&
        balance > 0 && (
          <Checkbox
            label={`Use my credit of ${formatMoney(balance, packages.currency)}`}
            checked={useCredit}
            onChange={(event) => setUseCredit(event.currentTarget.checked)}
          />
        )
      }
      onDone={goOn}
    />
  );
}
