import { z } from 'zod';
import { defineJob } from '../kit/jobs.ts';
import { finishRun } from './run-automation.ts';

/** A run that staff asked for. */
export const runAutomationJob = defineJob({
  name: 'automation.run',
  input: z.object({ runId: z.uuid() }),
  attempts: 3,
  firstRetrySeconds: 60,
  timeoutSeconds: 3000,
  async run({ runId }, { ctx, signal }) {
    await finishRun(ctx, { runId, signal });
  },
});
