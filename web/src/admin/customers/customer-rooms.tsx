import { SimpleGrid, Stack } from '@mantine/core';
import { type Icon, IconBox, IconCash, IconFileInvoice, IconMail, IconShoppingCart } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useApiQuery } from '../../api/client.ts';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import type { Tone } from '../../ui/theme.ts';
import { InvoicesTable } from '../invoices/invoices-table.tsx';
import { MailsTable } from '../mails/mails-table.tsx';
import { OrdersTable } from '../orders/orders-table.tsx';
import { PaymentsTable } from '../payments/payments-table.tsx';
import { ServicesTable } from '../services/services-table.tsx';
import { CountTile } from '../shared/count-tile.tsx';
import classes from './customer-rooms.module.css';

interface Room {
  /** Also the part of the page's address that leads to it. */
  id: string;
  title: string;
  permission: string;
  icon: Icon;
  path: '/api/v1/services' | '/api/v1/invoices' | '/api/v1/orders' | '/api/v1/payments' | '/api/v1/mails';
  /** The state worth counting apart, and how it is said when there are some. */
  noted: { state: string; word: string; tone: Tone };
  Table: ComponentType<{ customerId: string }>;
}

/** Everything a customer has, in the order it is asked for on the telephone. */
const ROOMS: Room[] = [
  {
    id: 'services',
    title: 'Services',
    permission: 'services:read',
    icon: IconBox,
    path: '/api/v1/services',
    noted: { state: 'suspended', word: 'suspended', tone: 'warn' },
    Table: ServicesTable,
  },
  {
    id: 'invoices',
    title: 'Invoices',
    permission: 'billing:read',
    icon: IconFileInvoice,
    path: '/api/v1/invoices',
    noted: { state: 'unpaid', word: 'unpaid', tone: 'warn' },
    Table: InvoicesTable,
  },
  {
    id: 'payments',
    title: 'Payments',
    permission: 'billing:read',
    icon: IconCash,
    path: '/api/v1/payments',
    noted: { state: 'unknown', word: 'unclear', tone: 'warn' },
    Table: PaymentsTable,
  },
  {
    id: 'orders',
    title: 'Orders',
    permission: 'orders:read',
    icon: IconShoppingCart,
    path: '/api/v1/orders',
    noted: { state: 'placed', word: 'not paid yet', tone: 'warn' },
    Table: OrdersTable,
  },
  {
    id: 'mails',
    title: 'Mails',
    permission: 'mails:read',
    icon: IconMail,
    path: '/api/v1/mails',
    noted: { state: 'failed', word: 'failed', tone: 'bad' },
    Table: MailsTable,
  },
];

const useRooms = () => {
  const can = useCan();
  return ROOMS.filter(({ permission }) => can(permission));
};

/** How many of everything, each the way to its list below. */
export function CustomerCounts({ customerId }: { customerId: string }) {
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }} spacing="md">
      {useRooms().map((room) => (
        <RoomCount key={room.id} room={room} customerId={customerId} />
      ))}
    </SimpleGrid>
  );
}

function RoomCount({ room, customerId }: { room: Room; customerId: string }) {
  const { id, title, icon: Icon, path, noted } = room;
  const all = useApiQuery(path, { query: { customerId, limit: 1 } });
  // Every path of `ROOMS` has such a state; TypeScript cannot tell which belongs to which.
  const some = useApiQuery(path, { query: { customerId, state: noted.state as never, limit: 1 } });
  const count = some.data?.total;
  return (
    <CountTile
      href={`#${id}`}
      icon={<Icon size={18} />}
      label={title}
      count={all.data?.total}
      tone={count ? noted.tone : 'busy'}
      toneOfNone="quiet"
      note={count ? `${count} ${noted.word}` : all.data?.total === 0 ? 'None yet' : `None ${noted.word}`}
    />
  );
}

/** The lists behind the counts. */
export const CustomerRooms = ({ customerId }: { customerId: string }) => (
  <Stack gap="lg">
    {useRooms().map(({ id, title, Table }) => (
      <div key={id} id={id} className={classes.room}>
        <Section title={title} flush>
          <Table customerId={customerId} />
        </Section>
      </div>
    ))}
  </Stack>
);
