import type { Context } from '../kit/context.ts';
import { runAutomationJob } from './run.job.ts';
import { createRun, type RunName } from './run-automation.ts';
import type { RunRow } from './run-queries.ts';

/** Have a worker do what `runAutomation` does. @throws as it does */
export function queueRun(ctx: Context, wanted: { name: RunName; day?: string | undefined }): Promise<RunRow> {
  return ctx.transaction(async (tx) => {
    const run = await createRun(tx, wanted);
    await tx.app.jobs.enqueue(tx, runAutomationJob, { runId: run.id });
    return run;
  });
}
