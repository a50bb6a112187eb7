import { sql } from 'kysely';
import { closeAlerts } from '../kit/alerts.ts';
import { type Context, type TransactionContext, withTrace } from '../kit/context.ts';
import { readDomain } from '../kit/domain-name.ts';
import { Conflict, Invalid, type Issue, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { isAllowed } from '../provisioning/username.ts';
import { ACCOUNT_STEP, isBeingTried, retryRefusal, stepsLeft } from './choices.ts';
import {
  lockOperation,
  moduleIdOf,
  type OperationRow,
  operationsWithParties,
  stepsOf,
  unfinishedOf,
} from './queries.ts';
import { queueRun } from './run.job.ts';

interface NewNames {
  username?: string | undefined;
  domain?: string | undefined;
}

/**
 * Try an operation again now, with a fresh count of attempts; finished steps are kept. One that waits need not wait
 * longer; one that is planned or running already is returned as it is.
 *
 * @param input.username another name for the account, and `input.domain` another domain: only while a create has made none
 * @throws Invalid `bad_names` when the panel's rules or those of domains do not allow them
 * @throws Conflict `operation_done` when nothing of it is left to do, `operation_given_up` once staff gave it up,
 *   `operation_unfinished` while the service has another, `service_<state>` when the service has ended since,
 *   `account_exists` when there is no name left to choose
 */
export async function retryOperation(ctx: Context, input: { operationId: string } & NewNames): Promise<OperationRow> {
  allow(ctx.actor, 'operations:write');
  return ctx.transaction(async (tx) => {
    const operation = await lockOperation(tx.db, input.operationId);
    if (!operation) throw new NotFound('operation_not_found', { operationId: input.operationId });
    if (isBeingTried(operation)) return operation;
    const steps = await stepsOf(tx.db, [operation.id]);
    const { serviceState } = await operationsWithParties(tx.db)
      .where('operation.id', '=', operation.id)
      .executeTakeFirstOrThrow();
    const unfinishedId = (await unfinishedOf(tx.db, [operation.serviceId])).get(operation.serviceId);
    const refusal = retryRefusal(operation, { serviceState, stepsLeft: stepsLeft(steps), unfinishedId });
    if (refusal) throw refusal;
    const change = await newNames(tx, operation, input);
    const made = steps.some(({ name, state }) => name === ACCOUNT_STEP && state === 'done');
    if (Object.keys(change).length > 0 && (operation.action !== 'create' || made))
      throw new Conflict('account_exists', { operationId: operation.id });
    const retried = await tx.db
      .updateTable('operation')
      .set({
        state: 'planned',
        attempts: 0,
        nextTryAt: null,
        waitReason: null,
        finishedAt: null,
        hiddenAt: null,
        heartbeatAt: sql`clock_timestamp()`,
        parameters: JSON.stringify({ ...(operation.parameters as Record<string, unknown>), ...change }),
      })
      .where('id', '=', operation.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const subject = { kind: 'operation', id: operation.id };
    await closeAlerts(tx, { subject });
    await audit(tx, 'operation.retried', subject, {
      before: { state: operation.state, attempts: operation.attempts },
      after: { ...change },
    });
    await queueRun(withTrace(tx, { correlationId: operation.correlationId }), operation.id);
    return retried;
  });
}

/** What staff chose, as it is stored. @throws Invalid `bad_names` */
async function newNames(tx: TransactionContext, operation: OperationRow, { username, domain }: NewNames) {
  const issues: Issue[] = [];
  const change: NewNames = {};
  if (domain) {
    const read = readDomain(domain);
    if ('refusal' in read) issues.push({ path: 'domain', message: read.refusal });
    else change.domain = read.domain;
  }
  if (username) {
    const rules = tx.app.modules.get(await moduleIdOf(tx.db, operation.serviceId))?.usernames;
    if (rules && !isAllowed(username, rules)) {
      const message = `is not allowed on this panel: at most ${rules.maxLength} characters, ${rules.pattern}, no reserved name`;
      issues.push({ path: 'username', message });
    }
    change.username = username;
  }
  if (issues.length > 0) throw new Invalid('bad_names', { issues });
  return change;
}
