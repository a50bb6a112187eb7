/** Which server of a group gets the next account. */

export interface Candidate {
  id: string;
  /** Places taken, pending ones included. */
  accounts: number;
  /** Without limit when null. */
  maxAccounts: number | null;
  weight: number;
  position: number;
}

export type Strategy = 'least_loaded' | 'fill_first' | 'weighted';

export const hasRoom = (server: Candidate) => server.maxAccounts === null || server.accounts < server.maxAccounts;

/**
 * - `least_loaded`: the smallest share of its room taken; servers without limit share by number of accounts.
 * - `fill_first`: in order of position, each until it is full.
 * - `weighted`: the fewest accounts for its weight, so that twice the weight gets twice the accounts.
 *
 * @returns undefined when none has room
 */
export function chooseServer<C extends Candidate>(candidates: C[], strategy: Strategy): C | undefined {
  return candidates
    .filter(hasRoom)
    .sort((a, b) => load(a, strategy) - load(b, strategy) || a.position - b.position || (a.id < b.id ? -1 : 1))[0];
}

/** What an unlimited server is measured against, so that it can be compared with limited ones. */
const UNLIMITED = 1000;

function load(server: Candidate, strategy: Strategy): number {
  switch (strategy) {
    case 'least_loaded':
      return server.accounts / (server.maxAccounts ?? Math.max(UNLIMITED, server.accounts * 2));
    case 'fill_first':
      return server.position;
    case 'weighted':
      return (server.accounts + 1) / server.weight;
    default:
      return strategy satisfies never;
  }
}
