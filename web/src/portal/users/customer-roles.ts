import type { Api } from '../../api/types.ts';

export type CustomerRole = Api<'CustomerUser'>['role'];

/** What the users of a customer may do, in their words. */
export const CUSTOMER_ROLE_WORDS = {
  owner: { name: 'Owner', help: 'Everything, and who else may.' },
  billing: { name: 'Billing', help: 'Orders, invoices, payments and the address on them.' },
  technical: { name: 'Technical', help: 'Login details and control panels; sees no payment methods.' },
} satisfies Record<CustomerRole, { name: string; help: string }>;

export const CUSTOMER_ROLE_CHOICES = Object.entries(CUSTOMER_ROLE_WORDS).map(([value, { name }]) => ({
  value,
  label: name,
}));
