import { z } from 'zod';
import type { Db } from '../kit/db.ts';
import { forgetIdempotencyKeys } from '../kit/idempotency.ts';
import { defineJob } from '../kit/jobs.ts';
import { LONGEST_SESSION_MS } from './session-life.ts';

/** For `jobs.schedule`: five fields, every night. */
export const FORGET_EXPIRED_CRON = '23 3 * * *';

const DAY_MS = 24 * 3_600_000;
/** An invitation that ran out stays in the list for a while, to be sent again. */
const KEPT_MS = 30 * DAY_MS;
/** By then browsers have thrown the cookie away by which they are known. */
const DEVICE_MS = 400 * DAY_MS;

/** Sessions, devices, invitations, one-time links and idempotency keys that have run out: nobody can use them, so they only take room. */
export const forgetExpiredJob = defineJob({
  name: 'staff.forget_expired',
  input: z.object({}),
  attempts: 3,
  firstRetrySeconds: 300,
  timeoutSeconds: 300,
  async run(_input, { ctx }) {
    await forgetExpired(ctx.db, ctx.clock.now());
  },
});

export async function forgetExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('loginSession').where('expiresAt', '<', now).execute();
  await db.deleteFrom('loginSession').where('signedInAt', '<', ago(now, LONGEST_SESSION_MS)).execute();
  await db.deleteFrom('loginDevice').where('lastUsedAt', '<', ago(now, DEVICE_MS)).execute();
  await db.deleteFrom('invitation').where('expiresAt', '<', ago(now, KEPT_MS)).execute();
  await db.deleteFrom('oneTimeToken').where('expiresAt', '<', now).execute();
  await forgetIdempotencyKeys(db, now);
}

const ago = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds);
