import type { Api } from '../../api/types.ts';

/** Whether the engine is still at it: the page that shows it reads again by itself. */
export const isUnfinished = ({ state }: Pick<Api<'OperationSummary'>, 'state'>): boolean =>
  state === 'planned' || state === 'running' || state === 'waiting';
