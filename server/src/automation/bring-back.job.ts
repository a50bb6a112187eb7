import { z } from 'zod';
import { defineJob } from '../kit/jobs.ts';
import { bringBack } from './bring-back.ts';

export const bringBackJob = defineJob({
  name: 'automation.bring_back',
  input: z.object({ serviceId: z.uuid() }),
  attempts: 10,
  firstRetrySeconds: 5,
  timeoutSeconds: 30,
  async run({ serviceId }, { ctx }) {
    await bringBack(ctx, { serviceId });
  },
});
