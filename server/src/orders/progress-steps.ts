/** The steps of an operation as a customer sees them. */

export interface StoredStep {
  name: string;
  state: string;
  attempts: number;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/**
 * Every expected step in its order, whether or not it has begun.
 *
 * @param operationState null while there is no operation yet
 */
export function asSteps(expected: readonly string[], stored: readonly StoredStep[], operationState: string | null) {
  return expected.map((name) => {
    const step = stored.find((one) => one.name === name);
    if (!step)
      return { name, state: 'pending', attempts: 0, note: null, startedAt: null, finishedAt: null, seconds: null };
    const { attempts, startedAt, finishedAt } = step;
    const state = stateOf(step.state, operationState);
    const ended = state === 'done' || state === 'failed';
    return {
      name,
      state,
      attempts,
      note: state === 'skipped' ? 'Not needed here.' : null,
      startedAt,
      finishedAt: ended || state === 'skipped' ? finishedAt : null,
      seconds: ended && startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null,
    };
  });
}

/** As long as somebody, or something, goes on with the operation, a step that failed or was cut off waits. */
function stateOf(stepState: string, operationState: string | null): string {
  const goesOn = operationState === 'waiting' || operationState === 'needs_staff' || operationState === 'planned';
  if (goesOn && (stepState === 'failed' || stepState === 'running')) return 'waiting';
  if (operationState === 'running' && stepState === 'failed') return 'waiting';
  return stepState;
}
