import { StepWaiting } from '../kit/steps.ts';
import type { OperationRow } from '../operations/queries.ts';

const SOON_SECONDS = 2;
/** For one that stands until a person or another server helps. */
const LATER_SECONDS = 60;

/** To be thrown by a job that comes after another operation of its service. */
export const waitForOperation = ({ action, state }: Pick<OperationRow, 'action' | 'state'>): StepWaiting =>
  new StepWaiting(
    `The operation "${action}" of this service is not over.`,
    state === 'needs_staff' || state === 'waiting' ? LATER_SECONDS : SOON_SECONDS,
  );
