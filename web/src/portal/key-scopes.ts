/** What a key of a customer may do, by scope. */
export const KEY_WORDS: Record<string, string> = {
  portal: 'Everything but users and keys',
  'portal:billing': 'Invoices, payments and orders',
  'portal:technical': 'Services and their login details',
};

export type KeyScope = 'portal' | 'portal:billing' | 'portal:technical';

export const KEY_CHOICES = Object.entries(KEY_WORDS).map(([value, label]) => ({ value, label }));
