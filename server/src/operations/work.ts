/** What an act works with: remembered steps, fenced writes, and panel calls in one of the server's slots. */
import {
  type ModuleDefinition,
  ModuleFailure,
  type OperationName,
  type RetryRules,
  type StepFunctionName,
} from '@hostwright/sdk';
import { type UsePanel, Wait, type Work } from '../kit/acts.ts';
import { type App, createContext, type TransactionContext } from '../kit/context.ts';
import type { Tx } from '../kit/db.ts';
import type { Release } from '../kit/locks.ts';
import { createSteps } from '../kit/steps.ts';
import { isProbing } from '../provisioning/breaker.ts';
import { callPanel } from '../provisioning/call-panel.ts';
import { serverById } from '../provisioning/queries.ts';
import type { OperationRow } from './queries.ts';

/** Another worker has taken the operation over: whatever this one still does is refused. */
export class Superseded extends Error {
  override name = 'Superseded';
}

export interface OpenWork {
  work: Work;
  /** Failures of optional steps in this try, in order. */
  leftovers: { step: string; error: unknown }[];
  /** A transaction that begins by checking the fence. */
  write: Work['write'];
  /** Give the server's slot back. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_SECONDS: Record<string, number> = { create: 300, terminate: 300, find: 60 };

/**
 * @param operation as claimed: its fence is the one that must still stand at every write
 * @param options.insist ask a server whose breaker is open or that is in maintenance: a person wants to know now
 */
export function openWork(
  app: App,
  operation: OperationRow,
  signal: AbortSignal,
  options: { insist?: boolean } = {},
): OpenWork {
  const ctx = createContext(app, { kind: 'job', name: 'operation.run' }, operation.correlationId);
  const guard = async (tx: Tx) => {
    const current = await tx
      .selectFrom('operation')
      .select('fence')
      .where('id', '=', operation.id)
      .forUpdate()
      .executeTakeFirst();
    if (current?.fence !== operation.fence) throw new Superseded(`Operation ${operation.id} was taken over.`);
  };
  const { step, skipStep } = createSteps(app, operation.id, { guard });
  const leftovers: OpenWork['leftovers'] = [];
  let slot: { serverId: string; release: Release } | undefined;

  const write = <T>(run: (tx: TransactionContext) => Promise<T>) =>
    ctx.transaction(async (tx) => {
      await guard(tx.db);
      return run(tx);
    });

  async function takeSlot(serverId: string): Promise<void> {
    const server = await serverById(app.db, serverId);
    const now = app.clock.now();
    if (server?.maintenance && !options.insist)
      throw new Wait('server_unavailable', `${server.name} is in maintenance.`);
    if (server?.breakerOpenUntil && server.breakerOpenUntil > now && !options.insist) {
      throw new Wait('server_unavailable', `${server.name} does not answer just now.`, {
        until: server.breakerOpenUntil,
      });
    }
    if (slot?.serverId === serverId) return;
    await closeSlot();
    const slots =
      server && isProbing({ failures: server.breakerFailures, openUntil: null, reason: null })
        ? 1
        : (server?.concurrency ?? 1);
    const release = await app.locks.trySlot(`server:${serverId}`, slots);
    if (!release) throw new Wait('server_busy', `${server?.name ?? 'The server'} is busy with other accounts.`);
    slot = { serverId, release };
  }

  async function closeSlot(): Promise<void> {
    const { release } = slot ?? {};
    slot = undefined;
    await release?.();
  }

  async function panel<T>(
    target: { serverId: string; name: OperationName | StepFunctionName | 'find'; secrets?: string[] },
    use: UsePanel<T>,
  ): Promise<T> {
    await takeSlot(target.serverId);
    return callPanel(
      ctx,
      {
        serverId: target.serverId,
        serviceId: operation.serviceId,
        operationId: operation.id,
        secrets: target.secrets,
        signal,
      },
      (module, call) => {
        const seconds = timeoutSeconds(module, target.name);
        return use(module, { ...call, signal: AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]) });
      },
    );
  }

  const work: Work = {
    ctx,
    operationId: operation.id,
    serviceId: operation.serviceId,
    action: operation.action as OperationName,
    parameters: operation.parameters as Record<string, unknown>,
    secrets: openSecrets(app, operation),
    attempts: operation.attempts,
    mustFindFirst: operation.mustFindFirst,
    signal,
    step,
    skip: skipStep,
    write,
    panel,
    async optionalStep(name, run) {
      try {
        await step(name, run);
      } catch (error) {
        if (error instanceof Superseded || !(error instanceof ModuleFailure || error instanceof Wait)) throw error;
        leftovers.push({ step: name, error });
      }
    },
  };
  return { work, leftovers, write, close: closeSlot };
}

function openSecrets(app: App, operation: OperationRow): Record<string, string> {
  if (operation.sealedParameters === null) return {};
  return JSON.parse(app.keyring.open(operation.sealedParameters, `operation:${operation.id}`)) as Record<
    string,
    string
  >;
}

/** The module's own rules for one of its functions. */
export function retryRules(
  module: ModuleDefinition | undefined,
  name: OperationName | StepFunctionName | 'find',
): RetryRules {
  return name === 'find' ? {} : (module?.retries?.[name] ?? {});
}

const timeoutSeconds = (module: ModuleDefinition, name: OperationName | StepFunctionName | 'find') =>
  retryRules(module, name).timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS[name] ?? 120;
