import type { Api } from '../../api/types.ts';

/** How often it failed, and while it may still be tried by itself, out of how many times. */
export const failedTries = ({
  state,
  attempts,
  maxAttempts,
}: Pick<Api<'OperationSummary'>, 'state' | 'attempts' | 'maxAttempts'>): string => {
  if (attempts === 0) return 'None';
  return state === 'done' || state === 'failed' ? String(attempts) : `${attempts} of ${maxAttempts}`;
};
