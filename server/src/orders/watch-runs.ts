import { setTimeout as sleep } from 'node:timers/promises';
import type { Notifications } from '../kit/notifications.ts';
import { RUN_CHANNEL } from '../kit/steps.ts';

/** Steps are told at once; what changes without a step, such as a payment, is seen when it is time to look. */
const LOOK_EVERY_MS = 2_000;
/** Changes come in bursts: a step ends, the next one begins, its operation is noted. They are looked at together. */
const BURST_MS = 100;

export interface RunWatch {
  /**
   * Ends when one of these runs has changed since the last call, when it is time to look anyway, or after `stop`.
   * @param runIds any run when not given
   */
  changed(runIds: readonly string[] | undefined): Promise<void>;
  /** A second call does nothing. */
  stop(): void;
}

/** @throws the driver's error when the database cannot be reached */
export async function watchRuns(notifications: Notifications): Promise<RunWatch> {
  const changed = new Set<string>();
  const stopping = new AbortController();
  let wake = () => {};
  const unsubscribe = await notifications.subscribe(RUN_CHANNEL, (runId) => {
    changed.add(runId);
    wake();
  });
  return {
    async changed(runIds) {
      const isDue = () => (runIds === undefined ? changed.size > 0 : runIds.some((id) => changed.has(id)));
      const due = new AbortController();
      wake = () => {
        if (isDue()) due.abort();
      };
      wake(); // what has changed since the last call
      const signal = AbortSignal.any([due.signal, stopping.signal]);
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
      wake = () => {};
      if (due.signal.aborted) await sleep(BURST_MS, undefined, { signal: stopping.signal }).catch(() => {});
      changed.clear();
    },
    stop() {
      stopping.abort();
      unsubscribe();
    },
  };
}
