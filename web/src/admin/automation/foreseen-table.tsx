import { Group, Text } from '@mantine/core';
import { IconMoonStars } from '@tabler/icons-react';
import type { Api } from '../../api/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { CustomerLink } from '../shared/room-links.tsx';
import { RUNG_WORDS } from './rung-words.ts';
import { SubjectLink } from './subject-link.tsx';

type Foreseen = Api<'ForeseenEffect'>;

/** More than these are counted, not listed. */
const SHOWN = 100;

/** What a run would do: the step, to whom, and why, each with the way there. */
export function ForeseenTable({ label, items, empty }: { label: string; items: Foreseen[]; empty: string }) {
  return (
    <>
      <ListTable
        flush
        label={label}
        rows={items.slice(0, SHOWN)}
        rowKey={({ rung, dueOn, subjects }) => [rung, dueOn, ...subjects.map(({ id }) => id)].join()}
        columns={[
          { key: 'rung', header: 'Step', cell: (item) => RUNG_WORDS[item.rung] },
          { key: 'subjects', header: 'For', cell: (item) => <Subjects item={item} /> },
          { key: 'customer', header: 'Customer', cell: (item) => <Customer item={item} /> },
          { key: 'text', header: 'Why', cell: (item) => item.text },
        ]}
        empty={<EmptyState icon={IconMoonStars} title={empty} />}
      />
      {items.length > SHOWN && (
        <Text size="sm" c="dimmed" p="md">
          And {items.length - SHOWN} more.
        </Text>
      )}
    </>
  );
}

const Subjects = ({ item }: { item: Foreseen }) => (
  <Group gap={4} display="inline-flex">
    {item.subjects.map((subject) => (
      <SubjectLink key={subject.id} subject={subject} />
    ))}
  </Group>
);

/** What is done together is one customer's. */
function Customer({ item }: { item: Foreseen }) {
  const [first] = item.subjects;
  return first ? <CustomerLink id={first.customerId} name={first.customerName} /> : null;
}
