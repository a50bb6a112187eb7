/** Steps of durable work: each one's result is stored, so that a run which starts again goes on where it stopped. */
import { type Kysely, sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { Database, Tx } from './db.ts';

/** Each change of a step is notified here with the run's id, for progress pages. */
export const RUN_CHANNEL = 'hostwright_run';

/** Throw it inside a step: nothing went wrong, but it cannot go on yet. Neither the step nor the job spends an attempt. */
export class StepWaiting extends Error {
  readonly note: string;
  readonly retryAfterSeconds: number;

  /**
   * @param note why, as a sentence for staff
   * @param retryAfterSeconds when to look again, 0 or more
   */
  constructor(note: string, retryAfterSeconds: number) {
    super(note);
    this.name = 'StepWaiting';
    this.note = note;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Run a step, or give back what it gave when it was done in an earlier run.
 *
 * A crash between the effect and its being remembered repeats the step, so `run` looks before it acts.
 *
 * @param name unique within the run and stored: renaming it repeats the step in runs under way
 * @param run gives back JSON or nothing; what is given on is always the stored form
 * @throws what `run` throws, after it was stored as `failed` or, for `StepWaiting`, as `waiting`
 */
export type Step = <T>(name: string, run: () => Promise<T>) => Promise<T>;

export interface Steps {
  step: Step;
  /** Say why a step is left out. It runs all the same when a later run asks for it; a finished one stays as it is. */
  skipStep(name: string, note: string): Promise<void>;
}

interface StepOptions {
  /** Runs in the transaction of every write and throws to refuse it, for example when another worker took over. */
  guard?: (tx: Tx) => Promise<void>;
}

/** @param runId a UUID: of the job, or of whatever else the steps belong to */
export function createSteps(
  { db, clock }: { db: Kysely<Database>; clock: Clock },
  runId: string,
  { guard }: StepOptions = {},
): Steps {
  const used = new Set<string>();

  const write = <T>(change: (on: Kysely<Database>) => Promise<T>): Promise<T> =>
    guard
      ? db.transaction().execute(async (tx) => {
          await guard(tx);
          return change(tx);
        })
      : change(db);

  function useName(name: string): void {
    if (used.has(name)) throw new Error(`Step "${name}" is used twice in one run; its result could not be told apart.`);
    used.add(name);
  }

  /** Settles the step that is running; one statement with its notification. */
  const settle = (name: string, state: 'done' | 'waiting' | 'failed', result: string | null, note: string | null) =>
    write(async (on) => {
      await sql`
        with changed as (
          update job_step set state = ${state}, result = ${result}::jsonb, note = ${note},
            attempts = attempts - ${state === 'waiting' ? 1 : 0}::int,
            finished_at = ${state === 'waiting' ? null : clock.now()}
          where run_id = ${runId} and name = ${name} and state <> 'done' returning run_id)
        select pg_notify(${RUN_CHANNEL}, run_id::text) from changed`.execute(on);
    });

  async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
    useName(name);
    const finished = await write((on) => begin(on, name));
    if (finished) return fromStored<T>(finished.result);
    let stored: string | null;
    try {
      stored = toStored(name, await run());
    } catch (error) {
      if (error instanceof StepWaiting) await settle(name, 'waiting', null, error.note);
      else await settle(name, 'failed', null, messageOf(error));
      throw error;
    }
    await settle(name, 'done', stored, null);
    return fromStored<T>(stored);
  }

  /** The finished step, or nothing once it is stored as running. */
  async function begin(on: Kysely<Database>, name: string): Promise<{ result: string | null } | undefined> {
    const { rows } = await sql`
      with changed as (
        insert into job_step (run_id, name, position, state, attempts, started_at)
        values (${runId}, ${name}, (select coalesce(max(position) + 1, 0) from job_step where run_id = ${runId}),
          'running', 1, ${clock.now()})
        on conflict (run_id, name) do update
          set state = 'running', attempts = job_step.attempts + 1, started_at = excluded.started_at, finished_at = null, note = null
          where job_step.state <> 'done'
        returning run_id)
      select pg_notify(${RUN_CHANNEL}, run_id::text) from changed`.execute(on);
    if (rows.length > 0) return undefined;
    const { rows: stored } = await sql<{ result: string | null }>`
      select result::text as result from job_step where run_id = ${runId} and name = ${name}`.execute(on);
    return stored[0];
  }

  async function skipStep(name: string, note: string): Promise<void> {
    useName(name);
    await write((on) =>
      sql`
        with changed as (
          insert into job_step (run_id, name, position, state, note, finished_at)
          values (${runId}, ${name}, (select coalesce(max(position) + 1, 0) from job_step where run_id = ${runId}),
            'skipped', ${note}, ${clock.now()})
          on conflict (run_id, name) do update set state = 'skipped', note = excluded.note, finished_at = excluded.finished_at
            where job_step.state <> 'done'
          returning run_id)
        select pg_notify(${RUN_CHANNEL}, run_id::text) from changed`.execute(on),
    );
  }

  return { step, skipStep };
}

/** @throws TypeError when the result is not JSON: it would be lost, and the step repeated for ever */
function toStored(name: string, result: unknown): string | null {
  try {
    return JSON.stringify(result) ?? null;
  } catch (error) {
    throw new TypeError(`Step "${name}" gave back something that is not JSON: ${messageOf(error)}`);
  }
}

// The stored form of what `run` gave back is its own JSON, so this is the type it had up to Dates turned text.
const fromStored = <T>(stored: string | null): T => (stored === null ? undefined : JSON.parse(stored)) as T;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
