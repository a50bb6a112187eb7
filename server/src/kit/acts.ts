/**
 * What the operation engine runs. Rooms to its right say what each act does, as `flow.ts` says what follows an event;
 * the engine says when, how often, and what a failure means.
 */
import type { Call, Fields, ModuleDefinition, OperationName, StepFunctionName } from '@hostwright/sdk';
import type { Context, TransactionContext } from './context.ts';
import { StepWaiting } from './steps.ts';

/** One call into a module; the engine has bound address, credentials, log and breaker. */
export type UsePanel<T> = (module: ModuleDefinition, call: Call<Fields>) => Promise<T>;

/** What an act is given for one try. */
export interface Work {
  /** Acts as the job, in the trace of whoever planned the operation. */
  ctx: Context;
  operationId: string;
  serviceId: string;
  action: OperationName;
  /** As planned; never secrets. */
  parameters: Record<string, unknown>;
  /** Secret parameters, for example a new password. */
  secrets: Record<string, string>;
  /** Tries before this one that spent an attempt. */
  attempts: number;
  /** An earlier try may have reached the panel: look before acting. */
  mustFindFirst: boolean;
  /** Aborted when the worker stops or was superseded. */
  signal: AbortSignal;
  /** A step that is done never runs again and answers its stored result, which must be JSON. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Like `step`, but its failure does not end the act: it is tried again on its own, once the rest is done. */
  optionalStep(name: string, run: () => Promise<string | undefined>): Promise<void>;
  /** Note that a step does not apply, and why. */
  skip(name: string, note: string): Promise<void>;
  /** A transaction that is refused once another worker has taken over. */
  write<T>(run: (tx: TransactionContext) => Promise<T>): Promise<T>;
  /**
   * Call the panel of a server, in one of its slots, with the rules of `name` for time-outs.
   * @param secrets further values to strike out of the log
   */
  panel<T>(
    target: { serverId: string; name: OperationName | StepFunctionName | 'find'; secrets?: string[] },
    use: UsePanel<T>,
  ): Promise<T>;
}

export interface Act {
  /** Reads like the support article: steps, in order. Throws the sdk's failures, or `Wait`. */
  run(work: Work): Promise<void>;
  /** What a definite refusal by the panel means: a person must look, or it is simply not possible. */
  refused: 'needs_staff' | 'failed';
  /**
   * Whether the panel shows the act as done, for staff who say it is. Writes what stands there when it is.
   * @throws Conflict telling what was found instead
   */
  markDone(work: Work): Promise<'done' | 'go_on'>;
  /** What giving up means for the service and its money, in the transaction that ends the operation. */
  giveUp(tx: TransactionContext, operation: { id: string; serviceId: string }): Promise<void>;
  /** Asked before giving up, outside a transaction: throws Conflict when the panel holds something that must not be forgotten. */
  beforeGiveUp?(work: Work): Promise<void>;
}

export type Acts = Record<OperationName, Act>;

export type WaitReason = 'server_busy' | 'server_unavailable' | 'no_capacity' | 'retry';

/** Not a failure: nothing was tried, no attempt is spent, and the operation goes on later. */
export class Wait extends StepWaiting {
  readonly reason: WaitReason;
  readonly until: Date | undefined;

  /** @param options.until when to look again; the engine's own pace when not given */
  constructor(reason: WaitReason, message: string, options: { until?: Date } = {}) {
    super(message, 0);
    this.name = 'Wait';
    this.reason = reason;
    this.until = options.until;
  }
}
