/** What staff can do with an operation. The verbs refuse by these rules and the buttons are drawn from them. */
import { Conflict } from '../kit/errors.ts';
import type { OperationRow } from './queries.ts';

/** What the rules look at beside the operation itself. */
export interface Surroundings {
  serviceState: string;
  /** Steps that are neither done nor skipped. */
  stepsLeft: number;
  /** The one operation of the service that is not over, this one or another. */
  unfinishedId: string | undefined;
}

type Facts = Pick<OperationRow, 'id' | 'state' | 'errorKind'>;

/** `error_kind` of an operation that staff gave up: what it was planned with is gone, so it is never tried again. */
export const GIVEN_UP = 'given_up';

/** Why an operation cannot be tried again; null when it can. One that is planned or running is being tried. */
export function retryRefusal(operation: Facts, around: Surroundings): Conflict | null {
  const { id, state } = operation;
  if (state === 'done' && around.stepsLeft === 0) return new Conflict('operation_done', { operationId: id });
  if (state === 'failed' && operation.errorKind === GIVEN_UP)
    return new Conflict('operation_given_up', { operationId: id });
  if (around.unfinishedId !== undefined && around.unfinishedId !== id)
    return new Conflict('operation_unfinished', { operationId: around.unfinishedId });
  // An operation that is over says nothing about what has become of the service since.
  if ((state === 'done' || state === 'failed') && ENDED.includes(around.serviceState))
    return new Conflict(`service_${around.serviceState}`, { operationId: id });
  return null;
}

/** The step of a create after which there is an account: its name and domain stand from then on. */
export const ACCOUNT_STEP = 'Create the account';

const ENDED = ['terminated', 'cancelled'];

export const isBeingTried = ({ state }: { state: string }) => state === 'planned' || state === 'running';

/** Whether staff may close it: it waits for them, or for its time. */
export const isResolvable = ({ state }: { state: string }) => state === 'needs_staff' || state === 'waiting';

/** How many steps are neither done nor skipped. */
export const stepsLeft = (steps: readonly { state: string }[]): number =>
  steps.filter(({ state }) => state !== 'done' && state !== 'skipped').length;
