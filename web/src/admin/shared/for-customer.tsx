import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { FoundSelect } from './found-select.tsx';
import { Loaded } from './loaded.tsx';

interface ForCustomerProps {
  title: string;
  size?: 'md' | 'lg' | 'xl';
  /** The list what is begun here will stand in. */
  list: { label: string; href: string };
  children: (customer: Api<'Customer'>) => ReactNode;
}

/** A page on which staff begin something for a customer; asks for whom when the address does not say it. */
export function ForCustomer(props: ForCustomerProps) {
  const { customerId } = useSearch({ strict: false }) as { customerId?: string };
  const navigate = useNavigate();
  if (customerId) return <Known {...props} customerId={customerId} />;
  return (
    <Page title={props.title} size={props.size ?? 'lg'} breadcrumbs={[props.list]}>
      <Section title="For whom?">
        <FoundSelect
          label="Customer"
          placeholder="Name, e-mail or number"
          path="/api/v1/customers"
          choiceOf={({ id, name, email }) => ({ value: id, label: name === email ? email : `${name} · ${email}` })}
          chosen={null}
          onChoose={({ id }) => void navigate({ to: '.', search: { customerId: id } as never, replace: true })}
        />
      </Section>
    </Page>
  );
}

function Known({ title, size = 'lg', list, children, customerId }: ForCustomerProps & { customerId: string }) {
  const customer = useApiQuery('/api/v1/customers/{id}', { path: { id: customerId } });
  return (
    <Loaded query={customer}>
      {(data) => (
        <Page
          title={title}
          subtitle={`For ${data.name}`}
          size={size}
          breadcrumbs={[list, { label: data.name, href: `/admin/customers/${data.id}` }]}
        >
          {children(data)}
        </Page>
      )}
    </Loaded>
  );
}
