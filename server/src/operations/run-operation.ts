/**
 * One try of an operation. Exactly one worker runs it: a session lock keeps others out while it lives, and a fence refuses
 * every write of one that was thought dead.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationName } from '@hostwright/sdk';
import { sql } from 'kysely';
import { Wait } from '../kit/acts.ts';
import { closeAlerts, raiseAlert } from '../kit/alerts.ts';
import type { App, TransactionContext } from '../kit/context.ts';
import { record } from '../kit/events.ts';
import type { Release } from '../kit/locks.ts';
import { countsAgainstServer } from '../provisioning/breaker.ts';
import { serverById } from '../provisioning/queries.ts';
import { causeOfFailure } from './failure-cause.ts';
import { lockKey } from './lock-key.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { domainOf, type OperationRow, operationById, placeOf } from './queries.ts';
import { whatToDo } from './what-to-do.ts';
import { type OpenWork, openWork, retryRules, Superseded } from './work.ts';

const HEARTBEAT_MS = 5_000;

/**
 * Take the operation's next try as far as it goes. Ends quietly when there is nothing to do, when another worker runs it,
 * or when another one took over.
 *
 * @param signal aborted when the process stops: the try is put back without spending an attempt
 * @returns whether somebody in its line may go on now: not when it found every slot of its server taken
 * @throws only when our own database fails; the job is then tried again
 */
export async function runOperation(app: App, operationId: string, signal: AbortSignal): Promise<boolean> {
  const release = await lockSoon(app, operationId);
  if (!release) return false;
  try {
    const operation = await claim(app, operationId);
    return operation !== undefined && (await runClaimed(app, operation, signal));
  } finally {
    await release();
  }
}

/** A try that has just been put back still holds its lock for a moment; one that runs keeps it. */
async function lockSoon(app: App, operationId: string): Promise<Release | null> {
  for (let tried = 0; tried < 50; tried++) {
    const release = await app.locks.tryLock(lockKey(operationId));
    if (release) return release;
    const operation = await operationById(app.db, operationId);
    if (operation?.state !== 'planned') return null;
    await sleep(100);
  }
  throw new Error(`Operation ${operationId} is planned, but its lock is held.`);
}

async function runClaimed(app: App, operation: OperationRow, stopping: AbortSignal): Promise<boolean> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  const forget = app.locks.onLost((keys) => {
    if (keys.includes(lockKey(operation.id))) lost.abort(new Superseded('The lock was lost.'));
  });
  const heart = setInterval(
    () => void beat(app, operation).catch((err) => app.log.warn({ err }, 'a heartbeat was not written')),
    HEARTBEAT_MS,
  );
  const opened = openWork(app, operation, signal);
  try {
    await app.acts[opened.work.action].run(opened.work);
    await settle(app, operation, opened);
    return true;
  } catch (error) {
    if (error instanceof Superseded) {
      app.log.warn({ operationId: operation.id }, 'another worker took this operation over');
      return false;
    }
    await putBack(app, operation, opened, error, signal.aborted);
    return !(error instanceof Wait && error.reason === 'server_busy');
  } finally {
    clearInterval(heart);
    forget();
    await opened.close();
  }
}

/** The row as ours, or nothing when it is over, waits for its time, or waits for staff. */
async function claim(app: App, operationId: string): Promise<OperationRow | undefined> {
  return app.db
    .updateTable('operation')
    .set({
      state: 'running',
      fence: sql`fence + 1`,
      // Found running while nobody holds its lock: its worker died, perhaps in the middle of a call.
      mustFindFirst: sql`must_find_first or state = 'running'`,
      heartbeatAt: sql`clock_timestamp()`,
      startedAt: sql`coalesce(started_at, ${app.clock.now()})`,
      nextTryAt: null,
      waitReason: null,
    })
    .where('id', '=', operationId)
    .where('state', 'in', ['planned', 'running'])
    .returningAll()
    .executeTakeFirst();
}

function beat(app: App, operation: OperationRow) {
  return app.db
    .updateTable('operation')
    .set({ heartbeatAt: sql`clock_timestamp()` })
    .where('id', '=', operation.id)
    .where('fence', '=', operation.fence)
    .execute();
}

/** The act is done; steps that were left over are tried again on their own, or told to staff. */
async function settle(app: App, operation: OperationRow, opened: OpenWork): Promise<void> {
  const outcomes = await Promise.all(
    opened.leftovers.map(async ({ step, error }) => ({ step, outcome: await decide(app, operation, error, 'failed') })),
  );
  const again = outcomes.find(({ outcome }) => outcome.state === 'waiting');
  if (again) {
    await opened.write((tx) => save(tx, operation, again.outcome));
    return;
  }
  await opened.write(async (tx) => {
    await tx.db
      .updateTable('operation')
      .set({
        state: 'done',
        finishedAt: tx.clock.now(),
        // A step that is left over may need a password, should staff repeat it.
        ...(outcomes.length === 0 ? { sealedParameters: null } : {}),
        mustFindFirst: false,
        heartbeatAt: null,
        ...noError,
      })
      .where('id', '=', operation.id)
      .execute();
    const subject = { kind: 'operation', id: operation.id };
    await closeAlerts(tx, { subject });
    for (const { step, outcome } of outcomes) {
      await raiseAlert(tx, {
        kind: 'step_failed',
        subject,
        ...causeOfFailure(outcome.failure.code, await placeOf(tx.db, operation.id), step),
        message: `The account works, but "${step}" did not: ${outcome.failure.detail ?? outcome.failure.message}`,
        whatToDo: `${whatToDo(outcome.failure.code)} Retrying the operation repeats only this step.`,
      });
    }
    await record(tx, 'operation.done', subject, { operationId: operation.id, serviceId: operation.serviceId });
  });
}

async function putBack(
  app: App,
  operation: OperationRow,
  opened: OpenWork,
  error: unknown,
  stopped: boolean,
): Promise<void> {
  const outcome = await decide(app, operation, error, app.acts[opened.work.action].refused);
  if (outcome.failure.code === 'unexpected')
    app.log.error({ err: error, operationId: operation.id }, 'an operation failed unexpectedly');
  // Cut off by our own stopping: it goes on at once elsewhere, looking first.
  const now = app.clock.now();
  const cutOff: Outcome = { ...outcome, state: 'waiting', reason: 'retry', until: now, spendsAttempt: false };
  try {
    await opened.write((tx) => save(tx, operation, stopped && !(error instanceof Wait) ? cutOff : outcome));
  } catch (failed) {
    if (!(failed instanceof Superseded)) throw failed;
  }
}

async function decide(
  app: App,
  operation: OperationRow,
  error: unknown,
  refused: 'needs_staff' | 'failed',
): Promise<Outcome> {
  const now = app.clock.now();
  const current = await app.db
    .selectFrom('operation')
    .select('serverId')
    .where('id', '=', operation.id)
    .executeTakeFirst();
  const server = current?.serverId ? await serverById(app.db, current.serverId) : undefined;
  const open = server?.breakerOpenUntil && server.breakerOpenUntil > now ? server.breakerOpenUntil : null;
  return outcomeOf(error, {
    attempts: operation.attempts,
    maxAttempts: operation.maxAttempts,
    rules: retryRules(server && app.modules.get(server.moduleId), operation.action as OperationName),
    refused,
    breakerOpenUntil: countsAgainstServer(error) ? open : null,
    now,
    random: Math.random(),
  });
}

async function save(tx: TransactionContext, operation: OperationRow, outcome: Outcome): Promise<void> {
  const { failure } = outcome;
  const waits = outcome.state === 'waiting';
  await tx.db
    .updateTable('operation')
    .set({
      state: outcome.state,
      attempts: operation.attempts + (outcome.spendsAttempt ? 1 : 0),
      mustFindFirst: outcome.mustFindFirst || operation.mustFindFirst,
      nextTryAt: waits ? outcome.until : null,
      waitReason: waits ? outcome.reason : null,
      heartbeatAt: null,
      errorKind: failure.kind,
      errorCode: failure.code,
      errorMessage: failure.message,
      errorDetail: failure.detail,
      finishedAt: outcome.state === 'failed' ? tx.clock.now() : null,
    })
    .where('id', '=', operation.id)
    .execute();
  if (waits) {
    if (outcome.reason === 'no_capacity') await tellNoCapacity(tx, operation, failure.message);
    return;
  }
  const subject = { kind: 'operation', id: operation.id };
  const payload = { operationId: operation.id, serviceId: operation.serviceId };
  if (outcome.state === 'failed') {
    await record(tx, 'operation.failed', subject, payload, { after: { code: failure.code } });
    return;
  }
  await raiseAlert(tx, {
    kind: 'operation_needs_staff',
    subject,
    ...causeOfFailure(failure.code, await placeOf(tx.db, operation.id)),
    message: `${await domainOf(tx.db, operation.serviceId)}: ${failure.message}`,
    whatToDo: whatToDo(failure.code),
  });
  await record(tx, 'operation.needs_staff', subject, payload, { after: { code: failure.code } });
}

async function tellNoCapacity(tx: TransactionContext, operation: OperationRow, message: string): Promise<void> {
  if (!operation.serverGroupId) return;
  const subject = { kind: 'server_group', id: operation.serverGroupId };
  await raiseAlert(tx, { kind: 'no_capacity', subject, message, whatToDo: whatToDo('no_capacity') });
}

const noError = { errorKind: null, errorCode: null, errorMessage: null, errorDetail: null };
