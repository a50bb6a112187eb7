import { Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';
import { TextLink } from '../../ui/links.tsx';
import { Money } from '../../ui/money.tsx';
import { Section } from '../../ui/section.tsx';
import { ListTable } from '../shared/list-table.tsx';

type Row = Api<'Overview'>['money'][number];

/** Per currency: what came in, what customers owe, and what every month brings. */
export const MoneyNow = ({ rows }: { rows: Row[] }) => (
  <Section title="Money" description="What came in, refunds taken off, and what customers still owe." flush>
    <ListTable
      flush
      label="Money"
      rows={rows}
      rowKey={({ currency }) => currency}
      columns={[
        { key: 'currency', header: 'Currency', cell: ({ currency }) => currency },
        { key: 'today', header: 'Today', align: 'end', cell: (row) => <Sum row={row} minor={row.todayMinor} /> },
        { key: 'month', header: 'This month', align: 'end', cell: (row) => <Sum row={row} minor={row.monthMinor} /> },
        {
          key: 'lastMonth',
          header: 'Last month',
          align: 'end',
          cell: (row) => <Sum row={row} minor={row.lastMonthMinor} />,
        },
        {
          key: 'recurring',
          header: 'Recurring a month',
          align: 'end',
          cell: (row) => <Sum row={row} minor={row.recurringMinor} />,
        },
        {
          key: 'unpaid',
          header: 'Unpaid',
          align: 'end',
          cell: (row) => <Owed row={row} count={row.unpaidCount} minor={row.unpaidMinor} />,
        },
        {
          key: 'overdue',
          header: 'Of it overdue',
          align: 'end',
          cell: (row) => <Owed row={row} count={row.overdueCount} minor={row.overdueMinor} bad />,
        },
      ]}
      empty={
        <Text c="dimmed" size="sm" p="lg">
          No money has moved yet.
        </Text>
      }
    />
  </Section>
);

const Sum = ({ row, minor }: { row: Row; minor: number }) => <Money minor={minor} currency={row.currency} />;

function Owed({ row, count, minor, bad = false }: { row: Row; count: number; minor: number; bad?: boolean }) {
  if (count === 0) return 'None';
  return (
    <TextLink
      href={`/admin/invoices?state=unpaid${bad ? '&sort=dueOn' : ''}`}
      size="sm"
      underline="hover"
      {...(bad ? { fw: 600 } : {})}
    >
      <Money minor={minor} currency={row.currency} /> in {count}
    </TextLink>
  );
}
