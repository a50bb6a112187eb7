/** Faults on demand, shared by every simulator: which call is hit next is decided here, what then happens in `panel-server.ts`. */
import { type Random, seededRandom } from './random.ts';
import type { Fault, FaultKind } from './simulator.ts';

/** Kinds beside those of the contract suite, seen in front of real panels. */
export type TransportFaultKind =
  /** No answer for `delayMs` (one hour when not given), then the connection is closed. Nothing is done. */
  | 'hang_before'
  /** Status 200 with an empty body; the work is done. */
  | 'empty_after'
  /** A redirect to another host; nothing is done. */
  | 'redirect'
  /** HTTP 502; nothing is done. */
  | 'bad_gateway'
  /** HTTP 503; nothing is done. */
  | 'unavailable'
  /** HTTP 524 by a proxy in front that stopped waiting; the work is done. */
  | 'proxy_timeout';

/**
 * A fault as a simulator keeps it: besides the contract's verbs, `on` may name the panel's own function,
 * and a simulator may know kinds of its own.
 */
export interface PanelFault extends Omit<Fault, 'on' | 'kind'> {
  on: Fault['on'] | (string & {});
  kind: FaultKind | TransportFaultKind | (string & {});
}

/** What one call is up against. */
export interface FaultsHit {
  /** The sum of all `slow` faults that hit. */
  slowMs: number;
  /** The first other fault that hit. */
  fault: PanelFault | undefined;
}

export class FaultBox {
  #faults: { fault: PanelFault; left: number }[] = [];
  readonly #random: Random;

  /** @param seed decides every probability, in the order calls arrive */
  constructor(seed = 1) {
    this.#random = seededRandom(seed);
  }

  /** @throws RangeError when `times`, `probability` or `delayMs` is out of bounds. */
  add(fault: PanelFault): void {
    const { times, probability, delayMs } = fault;
    if (typeof fault.on !== 'string' || typeof fault.kind !== 'string')
      throw new RangeError('A fault needs `on` and `kind`.');
    if (times !== undefined && !(Number.isInteger(times) && times > 0))
      throw new RangeError('`times` is a whole number above 0.');
    if (probability !== undefined && !(probability >= 0 && probability <= 1))
      throw new RangeError('`probability` is 0 to 1.');
    if (delayMs !== undefined && !(delayMs >= 0)) throw new RangeError('`delayMs` is 0 or more.');
    this.#faults.push({ fault: { ...fault }, left: times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Faults still to come, with what is left of `times`. */
  list(): PanelFault[] {
    return this.#faults.map(({ fault, left }) => ({ ...fault, ...(Number.isFinite(left) ? { times: left } : {}) }));
  }

  /** Decide for one call, and count it. @param targets every name the call goes by, `any` not included */
  take(targets: string[]): FaultsHit {
    const hit: FaultsHit = { slowMs: 0, fault: undefined };
    for (const entry of this.#faults) {
      if (entry.fault.on !== 'any' && !targets.includes(entry.fault.on)) continue;
      const slow = entry.fault.kind === 'slow';
      if (!slow && hit.fault !== undefined) continue;
      if (entry.fault.probability !== undefined && this.#random() >= entry.fault.probability) continue;
      entry.left -= 1;
      if (slow) hit.slowMs += entry.fault.delayMs ?? 1000;
      else hit.fault = entry.fault;
    }
    this.#faults = this.#faults.filter((entry) => entry.left > 0);
    return hit;
  }
}
