import type { Api } from '../../api/types.ts';
import { TextLink } from '../../ui/links.tsx';
import { Section } from '../../ui/section.tsx';
import { ListTable } from '../shared/list-table.tsx';

/** Who came and who leaves, beside the month before. */
export function ComingAndGoing({ overview }: { overview: Api<'Overview'> }) {
  const rows = [
    { what: 'New orders', href: '/admin/orders', ...overview.orders },
    { what: 'New customers', href: '/admin/customers', ...overview.newCustomers },
    { what: 'Cancellations', href: null, ...overview.cancellations },
  ];
  return (
    <Section title="Coming and going" flush>
      <ListTable
        flush
        label="Coming and going"
        rows={rows}
        rowKey={({ what }) => what}
        columns={[
          {
            key: 'what',
            header: 'What',
            cell: ({ what, href }) =>
              href === null ? (
                what
              ) : (
                <TextLink href={href} size="sm" underline="hover">
                  {what}
                </TextLink>
              ),
          },
          { key: 'today', header: 'Today', align: 'end', cell: ({ today }) => today },
          { key: 'month', header: 'This month', align: 'end', cell: ({ month }) => month },
          { key: 'lastMonth', header: 'Last month', align: 'end', cell: ({ lastMonth }) => lastMonth },
        ]}
        empty={null}
      />
    </Section>
  );
}
