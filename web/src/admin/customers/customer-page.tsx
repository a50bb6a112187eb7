import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { countryName } from '../../ui/countries.ts';
import { Facts } from '../../ui/facts.tsx';
import { languageName } from '../../ui/languages.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import { Minute } from '../../ui/time.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { useRouteId } from '../shared/use-route-id.ts';
import { CustomerCredit } from './customer-credit.tsx';
import { CustomerProfileForm } from './customer-profile-form.tsx';
import { CustomerCounts, CustomerRooms } from './customer-rooms.tsx';
import { CustomerUsers } from './customer-users.tsx';
import { ImpersonateButton } from './impersonate-button.tsx';
import { SavedMethods } from './saved-methods.tsx';

export function CustomerPage() {
  const id = useRouteId();
  const customer = useApiQuery('/api/v1/customers/{id}', { path: { id } });
  return <Loaded query={customer}>{(data) => <CustomerDetail customer={data} />}</Loaded>;
}

function CustomerDetail({ customer }: { customer: Api<'Customer'> }) {
  const can = useCan();
  const roleRefusal = useRoleRefusal();
  return (
    <Page
      title={customer.name}
      subtitle={
        <>
          Customer {customer.number}, since <Minute at={customer.createdAt} />
        </>
      }
      breadcrumbs={[{ label: 'Customers', href: '/admin/customers' }]}
      actions={
        <>
          <ImpersonateButton customer={customer} />
          <DialogButton label="Edit profile" refusal={roleRefusal('customers:write')} dialogSize="lg">
            {(close) => <CustomerProfileForm customer={customer} onDone={close} />}
          </DialogButton>
          {can('billing:write') && (
            <ButtonLink variant="default" href={`/admin/invoices/new?customerId=${customer.id}`}>
              Add invoice
            </ButtonLink>
          )}
          {can('orders:write') && (
            <ButtonLink href={`/admin/orders/new?customerId=${customer.id}`}>Add order</ButtonLink>
          )}
        </>
      }
    >
      <Stack gap="lg">
        <CustomerCounts customerId={customer.id} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Profile customer={customer} />
          {can('billing:read') && (
            <Stack gap="lg">
              <CustomerCredit customer={customer} />
              <SavedMethods customerId={customer.id} />
            </Stack>
          )}
        </SimpleGrid>
        <CustomerRooms customerId={customer.id} />
        <CustomerUsers customer={customer} />
      </Stack>
    </Page>
  );
}

function Profile({ customer }: { customer: Api<'Customer'> }) {
  const address = [
    customer.addressLine1,
    customer.addressLine2,
    [customer.postalCode, customer.city].filter(Boolean).join(' '),
    customer.region,
    countryName(customer.country ?? ''),
  ].filter(Boolean);
  return (
    <Section title="Profile">
      <Facts
        rows={[
          ['E-mail', customer.email],
          ['Address confirmed', customer.emailVerified ? 'Yes' : 'Not yet'],
          ['Company', customer.company],
          [
            'Address',
            <Text key="address" span size="sm" style={{ whiteSpace: 'pre-line' }}>
              {address.join('\n') || '–'}
            </Text>,
          ],
          ['Phone', customer.phone],
          ['Tax ID', customer.taxId],
          ['Currency', customer.currency],
          ['Language', languageName(customer.locale ?? '')],
        ]}
      />
    </Section>
  );
}
