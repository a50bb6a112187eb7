/** The steps of making an account, in their order, as they are stored and shown. */

/** The part of a product a step is for; null when every product has it. */
type ProductPart = 'withDns' | 'withCertificate' | 'withMailbox' | 'withDatabase' | null;

const inOrder = <const S extends { name: string; part: ProductPart }[]>(...steps: S) => steps;

export const CREATE_STEPS = inOrder(
  { name: 'Reserve a place', part: null },
  { name: 'Create the account', part: null },
  { name: 'DNS zone and records', part: 'withDns' },
  { name: 'Certificate', part: 'withCertificate' },
  { name: 'Mailbox', part: 'withMailbox' },
  { name: 'Database', part: 'withDatabase' },
  { name: 'Activate', part: null },
  { name: 'Send the welcome mail', part: null },
);

export type CreateStep = (typeof CREATE_STEPS)[number]['name'];
