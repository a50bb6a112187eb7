/** Where the subject of an alert is looked at; kinds without a page are only described. */
const ROOMS: Record<string, string> = {
  operation: 'operations',
  service: 'services',
  server: 'servers',
  order: 'orders',
  invoice: 'invoices',
  payment: 'payments',
  customer: 'customers',
  mail: 'mails',
  product: 'products',
};

export function subjectHref({ subjectKind, subjectId }: { subjectKind: string; subjectId: string }): string | null {
  const room = ROOMS[subjectKind];
  return room === undefined ? null : `/admin/${room}/${subjectId}`;
}
