import { z } from 'zod';
import { defineJob } from '../kit/jobs.ts';
import { dispatchAfter, type QueueRun } from './dispatch.ts';
import { runOperation } from './run-operation.ts';

/**
 * One try of an operation, and then the next of its server's line. When an operation is tried again is kept with it, not
 * here: this job's own attempts are for failures of our database only.
 */
export const runOperationJob = defineJob({
  name: 'operation.run',
  input: z.object({ operationId: z.uuid() }),
  attempts: 20,
  firstRetrySeconds: 1,
  timeoutSeconds: 1800,
  concurrency: 20,
  async run({ operationId }, { ctx, signal }) {
    const gaveRoom = await runOperation(ctx.app, operationId, signal);
    if (gaveRoom && !signal.aborted) await dispatchAfter(ctx.app, operationId, queueRun);
  },
});

export const queueRun: QueueRun = async (tx, operationId) => {
  await tx.app.jobs.enqueue(tx, runOperationJob, { operationId }, { singletonKey: operationId });
};
