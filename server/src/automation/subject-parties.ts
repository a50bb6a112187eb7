import { customerName } from '../customers/present.ts';
import type { Db } from '../kit/db.ts';
import type { Subject } from './rung.ts';

export interface Party extends Subject {
  /** What people call it: a service's domain, an invoice's number. */
  label: string;
  customerId: string;
  customerName: string;
}

/** What is acted on and whose it is, by the subject's id; what is not there any more is left out. */
export async function subjectParties(db: Db, subjects: Subject[]): Promise<Map<string, Party>> {
  const ids = (kind: Subject['kind']) => [
    ...new Set(subjects.filter((subject) => subject.kind === kind).map(({ id }) => id)),
  ];
  const [serviceIds, invoiceIds] = [ids('service'), ids('invoice')];
  const services =
    serviceIds.length === 0
      ? []
      : await db
          .selectFrom('service')
          .innerJoin('customer', 'customer.id', 'service.customerId')
          .select(['service.id', 'service.domain as label', 'service.customerId', ...NAME])
          .where('service.id', 'in', serviceIds)
          .execute();
  const invoices =
    invoiceIds.length === 0
      ? []
      : await db
          .selectFrom('invoice')
          .innerJoin('customer', 'customer.id', 'invoice.customerId')
          .select(['invoice.id', 'invoice.number as label', 'invoice.customerId', ...NAME])
          .where('invoice.id', 'in', invoiceIds)
          .execute();
  const party = (kind: Subject['kind'], row: (typeof services)[number]): [string, Party] => {
    const { id, label, customerId } = row;
    return [id, { kind, id, label, customerId, customerName: customerName(row) }];
  };
  return new Map([...services.map((row) => party('service', row)), ...invoices.map((row) => party('invoice', row))]);
}

const NAME = ['customer.firstName', 'customer.lastName', 'customer.company', 'customer.email'] as const;
