/** Operations, their steps, and the queue's tasks as the API shows them to staff. */
import { customerName } from '../customers/present.ts';
import type { Db } from '../kit/db.ts';
import { actorName } from '../staff/actor-name.ts';
import { isResolvable, retryRefusal, stepsLeft } from './choices.ts';
import { decisionsOn, type operationsWithParties, stepsOf, unfinishedOf } from './queries.ts';
import { whatToDo } from './what-to-do.ts';

export type OperationWithParties = Awaited<
  ReturnType<ReturnType<typeof operationsWithParties>['executeTakeFirstOrThrow']>
>;
type StepRow = Awaited<ReturnType<typeof stepsOf>>[number];

export const asOperationSummary = (row: OperationWithParties) => ({
  id: row.id,
  serviceId: row.serviceId,
  serviceNumber: row.serviceNumber,
  domain: row.domain,
  customerId: row.customerId,
  customerName: customerName(row),
  action: row.action,
  state: row.state,
  serverId: row.serverId,
  serverName: row.serverName,
  attempts: row.attempts,
  maxAttempts: row.maxAttempts,
  nextTryAt: row.nextTryAt,
  waitReason: row.waitReason,
  errorCode: row.errorCode,
  errorMessage: row.errorMessage,
  correlationId: row.correlationId,
  createdAt: row.createdAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
});

/** Operations with their steps, who asked for them and closed them, and what staff can do now, in the order given. */
export async function asOperations(db: Db, rows: readonly OperationWithParties[]) {
  const ids = rows.map(({ id }) => id);
  const steps = await stepsOf(db, ids);
  const decisions = await decisionsOn(db, ids);
  const unfinished = await unfinishedOf(
    db,
    rows.map(({ serviceId }) => serviceId),
  );
  return rows.map((row) => {
    const own = steps.filter(({ runId }) => runId === row.id);
    const around = {
      serviceState: row.serviceState,
      stepsLeft: stepsLeft(own),
      unfinishedId: unfinished.get(row.serviceId),
    };
    const can = {
      retry: row.state !== 'planned' && row.state !== 'running' && retryRefusal(row, around) === null,
      resolve: isResolvable(row) ? ['mark_done', 'give_up'] : [],
    };
    return {
      ...asOperationSummary(row),
      errorKind: row.errorKind,
      errorDetail: row.errorDetail,
      whatToDo: row.errorCode !== null && row.state !== 'done' && can.retry ? whatToDo(row.errorCode) : null,
      intent: row.intent,
      actor: row.actor,
      actorName: actorName(row),
      resolution: asResolution(decisions.find(({ subjectId }) => subjectId === row.id)),
      steps: own.map((step) => asStep(step, row)),
      can,
    };
  });
}

/** Who closed it by hand, and the note they left; what was retried since is open again. */
function asResolution(decision: Awaited<ReturnType<typeof decisionsOn>>[number] | undefined) {
  if (!decision || decision.action === 'operation.retried') return null;
  return {
    how: decision.action === 'operation.give_up' ? ('give_up' as const) : ('mark_done' as const),
    by: actorName(decision),
    note: (decision.after as { note: string }).note, // written by resolveOperation and by nothing else
    at: decision.createdAt,
  };
}

/** A task of the queue: an operation in few words. Its job is named by the operation, which every try belongs to. */
export const asTask = (row: OperationWithParties) => ({
  id: row.id,
  jobId: row.id,
  status: row.state,
  action: row.action,
  serviceId: row.serviceId,
  server: row.serverName,
  attempts: row.attempts,
  error: row.state === 'done' ? null : (row.errorDetail ?? row.errorMessage),
  createdAt: row.createdAt,
  finishedAt: row.finishedAt,
});

export async function asTaskWithSteps(db: Db, row: OperationWithParties) {
  const steps = await stepsOf(db, [row.id]);
  return { ...asTask(row), steps: steps.map((step) => asStep(step, row)) };
}

function asStep(step: StepRow, operation: { state: string }) {
  const { startedAt, finishedAt } = step;
  return {
    name: step.name,
    // It will be tried again by itself: it has not failed yet.
    state: step.state === 'failed' && operation.state === 'waiting' ? 'waiting' : step.state,
    attempts: step.attempts,
    note: step.note ?? wordsFor(step.result),
    startedAt,
    finishedAt,
    seconds: startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null,
  };
}

/** What a step gave back, in words; ids say nothing to people. */
function wordsFor(result: unknown): string | null {
  if (typeof result === 'string') return result === '' ? null : result;
  if (result === null || typeof result !== 'object') return null;
  const told = Object.entries(result).filter(([name]) => !/id$/i.test(name));
  return told.length === 0 ? null : told.map(([name, value]) => `${name}: ${value}`).join(', ');
}
