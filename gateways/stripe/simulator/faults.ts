/** Trouble on demand with calls of the API. */

export interface StripeFault {
  /** Method and path, for example `POST /v1/refunds`; the ids of a path count as `{id}`. */
  on: string;
  kind: /** The work is done, then the line is cut. */
    | 'lose_answer'
    /** HTTP 500, nothing done. */
    | 'error_before'
    /** The work is done, then HTTP 500; the same key gets that answer again. */
    | 'error_after'
    /** HTTP 409: the same key is at work already; nothing done. */
    | 'in_use'
    /** Too many requests; nothing done. */
    | 'rate_limit';
  /** How many calls it hits; for ever when not given. */
  times?: number;
}

export interface Faults {
  add(fault: StripeFault): void;
  clear(): void;
  /** The fault this call meets, counted off. */
  meet(call: string): StripeFault['kind'] | undefined;
}

export function createFaults(): Faults {
  let faults: StripeFault[] = [];
  return {
    add: (fault) => {
      faults.push({ ...fault });
    },
    clear: () => {
      faults = [];
    },
    meet(call) {
      const fault = faults.find(({ on, times }) => on === call && times !== 0);
      if (fault?.times !== undefined) fault.times -= 1;
      return fault?.kind;
    },
  };
}
