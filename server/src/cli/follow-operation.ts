import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Context } from '../kit/context.ts';
import { readOperation } from '../operations/read-operations.ts';
import { wholeNumber } from './paging.ts';
import { facts, print, table, wantsJson } from './print.ts';

export type ShownOperation = NonNullable<Awaited<ReturnType<typeof readOperation>>>;

const POLL_MS = 500;
const PATIENCE_SECONDS = 300;
const LONGEST_SECONDS = 86_400;
/** Nothing happens any more before somebody does something. */
const SETTLED = ['done', 'failed', 'needs_staff'];

export interface Waiting {
  /** How long to wait; not at all when missing. */
  wait?: number | true;
}

export const addWaiting = (command: Command): Command =>
  command.option(
    '--wait [seconds]',
    `wait until it is over, ${PATIENCE_SECONDS} seconds when not given, and print its steps; exit code 1 unless it is done`,
    wholeNumber(1, LONGEST_SECONDS),
  );

/** Print an operation that was planned or looked up, after it is over where that was asked for. */
export async function printOperation(
  ctx: Context,
  command: Command,
  { operationId, wait }: { operationId: string } & Waiting,
): Promise<void> {
  const operation =
    wait === undefined
      ? await show(ctx, operationId)
      : await untilSettled(ctx, operationId, {
          seconds: wait === true ? PATIENCE_SECONDS : wait,
          tell: wantsJson(command) ? () => {} : (line) => console.log(line),
        });
  print(command, { json: operation, text: describe(operation) });
  if (wait !== undefined && operation.state !== 'done') process.exitCode = 1;
}

/** It throws when there is none. */
const show = async (ctx: Context, operationId: string) => (await readOperation(ctx, operationId)) as ShownOperation;

/** Steps are told as they change; ends with the operation as it is when the time is up. */
async function untilSettled(
  ctx: Context,
  operationId: string,
  { seconds, tell }: { seconds: number; tell: (line: string) => void },
): Promise<ShownOperation> {
  const until = performance.now() + seconds * 1000;
  const told = new Map<string, string>();
  for (;;) {
    const operation = await show(ctx, operationId);
    for (const step of operation.steps) {
      if (told.get(step.name) === step.state) continue;
      told.set(step.name, step.state);
      tell(`${step.state.padEnd(8)} ${step.name}${step.note ? ` (${step.note})` : ''}`);
    }
    if (SETTLED.includes(operation.state) || performance.now() > until) return operation;
    await sleep(POLL_MS);
  }
}

export function describe(operation: ShownOperation): string {
  const steps = operation.steps.map(({ name, state, attempts, seconds, note }) => [
    state,
    name,
    attempts,
    seconds,
    note,
  ]);
  return [
    facts({
      Operation: operation.id,
      Action: operation.action,
      State: operation.waitReason ? `${operation.state} (${operation.waitReason})` : operation.state,
      Service: `${operation.serviceNumber} ${operation.domain}`,
      Server: operation.serverName,
      Attempts: `${operation.attempts} of ${operation.maxAttempts}`,
      'Next try': operation.nextTryAt,
      Problem: operation.errorMessage,
      'In the words of the panel': operation.errorDetail,
      'What to do': operation.whatToDo,
    }),
    table(['state', 'step', 'attempts', 'seconds', 'note'], steps, 'No step has begun.'),
  ].join('\n\n');
}
