/**
 * What every verb is given: who asks, with which database, by which clock, in which trace.
 * `App` is what the process holds once; `Context` is one request or one job.
 */
import type { GatewayDefinition, ModuleDefinition } from '@hostwright/sdk';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import type { Config } from '../config.ts';
import type { Actor } from './actor.ts';
import type { Acts } from './acts.ts';
import type { Clock } from './clock.ts';
import type { Database, Tx } from './db.ts';
import type { Flow } from './events.ts';
import type { Extensions } from './extensions.ts';
import type { JobQueue } from './jobs.ts';
import type { Locks } from './locks.ts';
import type { Notifications } from './notifications.ts';
import type { Outbox } from './outbox.ts';
import type { Keyring } from './secrets.ts';

export interface App {
  config: Config;
  log: Logger;
  clock: Clock;
  db: Kysely<Database>;
  keyring: Keyring;
  jobs: JobQueue;
  locks: Locks;
  notifications: Notifications;
  outbox: Outbox;
  flow: Flow;
  acts: Acts;
  modules: Extensions<ModuleDefinition>;
  gateways: Extensions<GatewayDefinition>;
}

export interface Context {
  app: App;
  actor: Actor;
  clock: Clock;
  /** Ties every step, panel call, mail and charge of one order together. */
  correlationId: string;
  db: Kysely<Database> | Tx;
  /** Run in one transaction; inside a transaction it joins that one. */
  transaction<T>(run: (tx: TransactionContext) => Promise<T>): Promise<T>;
}

/** A context inside a transaction. What must not happen outside one asks for this type. */
export interface TransactionContext extends Context {
  db: Tx;
}

/** A context for a request, a job or a command; `correlationId` starts a new trace when not given. */
export function createContext(app: App, actor: Actor, correlationId: string = uuidv7()): Context {
  const context: Context = {
    app,
    actor,
    clock: app.clock,
    correlationId,
    db: app.db,
    transaction: (run) => app.db.transaction().execute((tx) => run(inTransaction(context, tx))),
  };
  return context;
}

function inTransaction(context: Context, tx: Tx): TransactionContext {
  const inner: TransactionContext = { ...context, db: tx, transaction: (run) => run(inner) };
  return inner;
}

/** The same context in another trace or for another actor, keeping its transaction. */
export function withTrace<C extends Context>(context: C, change: { correlationId?: string; actor?: Actor }): C {
  const inner: C = { ...context, ...change };
  if (context.db.isTransaction) inner.transaction = (run) => run(inner as unknown as TransactionContext);
  else inner.transaction = (run) => context.app.db.transaction().execute((tx) => run(inTransaction(inner, tx)));
  return inner;
}
