import { IconBox } from '@tabler/icons-react';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Money } from '../../ui/money.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Day } from '../../ui/time.tsx';

const STATES = [
  { value: 'pending', label: 'Pending' },
  { value: 'active', label: 'Active' },
  { value: 'suspended', label: 'Suspended' },
  { value: 'terminated', label: 'Terminated' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** All services, or those of one customer inside its page. */
export function ServicesTable({ customerId }: { customerId?: string }) {
  const everybody = customerId === undefined;
  return (
    <DataTable
      label="Services"
      path="/api/v1/services"
      params={{ query: { customerId } }}
      search={everybody ? 'Domain, user name or customer' : undefined}
      filters={everybody ? [{ name: 'state', label: 'State', choices: STATES }] : []}
      flush={!everybody}
      urlPrefix={everybody ? undefined : 'services-'}
      limit={everybody ? 25 : 10}
      rowHref={(service) => `/admin/services/${service.id}`}
      columns={[
        { key: 'domain', header: 'Domain', cell: (service) => service.domain },
        { key: 'state', header: 'State', cell: (service) => <StateBadge state={service.state} /> },
        ...(everybody
          ? [{ key: 'customer', header: 'Customer', cell: (service: { customerName: string }) => service.customerName }]
          : []),
        { key: 'product', header: 'Product', cell: (service) => service.productName },
        {
          key: 'server',
          header: 'Server',
          hideOnPhone: true,
          cell: (service) => service.serverName ?? 'Not placed yet',
        },
        { key: 'nextDueOn', header: 'Next due', hideOnPhone: true, cell: (service) => <Day day={service.nextDueOn} /> },
        {
          key: 'recurring',
          header: 'Recurring',
          align: 'end',
          cell: (service) => <Money minor={service.recurringMinor} currency={service.currency} />,
        },
      ]}
      empty={<EmptyState icon={IconBox} title="No services yet" text="What customers buy appears here." />}
    />
  );
}
