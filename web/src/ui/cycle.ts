import type { Api } from '../api/types.ts';

export type Cycle = Api<'Price'>['cycle'];

/** Billing cycles, shortest first: their name, and how a price says them. */
const CYCLES: Record<Cycle, { name: string; per: string }> = {
  monthly: { name: 'Monthly', per: 'a month' },
  quarterly: { name: 'Quarterly', per: 'a quarter' },
  'semi-annually': { name: 'Every six months', per: 'every six months' },
  annually: { name: 'Yearly', per: 'a year' },
  biennially: { name: 'Every two years', per: 'every two years' },
  triennially: { name: 'Every three years', per: 'every three years' },
  'one-time': { name: 'One time', per: 'once' },
  free: { name: 'Free', per: '' },
};

export const CYCLE_ORDER = Object.keys(CYCLES) as Cycle[];
export const cycleName = (cycle: Cycle) => CYCLES[cycle].name;
/** After a price: "$9.00 a month". Empty for free products. */
export const perCycle = (cycle: Cycle) => CYCLES[cycle].per;
export const isCycle = (word: string | undefined): word is Cycle => word !== undefined && word in CYCLES;
