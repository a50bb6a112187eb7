import { IconServer2 } from '@tabler/icons-react';
import { perCycle } from '../ui/cycle.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Money } from '../ui/money.tsx';
import { Page } from '../ui/page.tsx';
import { StateBadge, stateLabel } from '../ui/state-badge.tsx';
import { Day } from '../ui/time.tsx';

const STATES = ['pending', 'active', 'suspended', 'terminated', 'cancelled'];

export const ServicesPage = () => (
  <Page title="Services">
    <DataTable
      label="Services"
      path="/api/v1/portal/services"
      search="Domain"
      filters={[
        { name: 'state', label: 'State', choices: STATES.map((value) => ({ value, label: stateLabel(value) })) },
      ]}
      rowHref={(service) => `/portal/services/${service.id}`}
      columns={[
        { key: 'domain', header: 'Domain', sortable: true, cell: (service) => service.domain },
        { key: 'product', header: 'Product', cell: (service) => service.productName },
        { key: 'state', header: 'State', cell: (service) => <StateBadge state={service.state} /> },
        { key: 'nextDueOn', header: 'Next due', cell: (service) => <Day day={service.nextDueOn} /> },
        {
          key: 'recurringMinor',
          sortable: true,
          header: 'Renews at',
          align: 'end',
          cell: (service) => (
            <>
              <Money minor={service.recurringMinor} currency={service.currency} /> {perCycle(service.cycle)}
            </>
          ),
        },
      ]}
      empty={
        <EmptyState
          icon={IconServer2}
          title="No services yet"
          text="What you order appears here, with its login details and usage."
          action={<ButtonLink href="/">See what is on offer</ButtonLink>}
        />
      }
    />
  </Page>
);
