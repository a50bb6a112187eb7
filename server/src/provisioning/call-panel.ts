/**
 * The one way to a panel: credentials are opened here, every exchange is written down with its secrets struck out, and
 * the server's breaker hears how it went.
 */
import {
  type Call,
  createPanelHttp,
  type Fields,
  type ModuleDefinition,
  ModuleFailure,
  NeedsStaff,
  type PanelExchange,
  type ServerOf,
  secretNames,
  type TlsPolicy,
} from '@hostwright/sdk';
import type { Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { UsePanel } from '../kit/acts.ts';
import type { App, Context } from '../kit/context.ts';
import type { Server } from '../kit/database.generated.ts';
import { NotFound } from '../kit/errors.ts';
import { strikeOut } from '../kit/redaction.ts';
import { noteAnswer, noteFailure } from './note-health.ts';
import { serverById } from './queries.ts';

export interface PanelTarget {
  serverId: string;
  serviceId?: string;
  operationId?: string;
  /** Further values to strike out, for example the password being set. */
  secrets?: string[];
  signal?: AbortSignal;
}

/** How a call is written down. */
export interface Logging<T> {
  /** Values of what the call answered that must not be stored, for example a one-time link. Its exchanges are written once they are known. */
  secretsIn?: (result: T) => string[];
}

/** Bodies are cut for the log: what tells why is at the beginning. */
const LONGEST_LOGGED = 64 * 1024;

/** @throws what the module throws; NeedsStaff `module_missing` when its folder is not loaded */
export async function callPanel<T>(
  ctx: Context,
  target: PanelTarget,
  use: UsePanel<T>,
  logging: Logging<T> = {},
): Promise<T> {
  const row = await serverById(ctx.app.db, target.serverId);
  if (!row) throw new NotFound('server_not_found', { serverId: target.serverId });
  const module = ctx.app.modules.get(row.moduleId);
  if (!module) {
    throw new NeedsStaff('The control panel cannot be reached just now.', {
      code: 'module_missing',
      detail: `Module "${row.moduleId}" is not loaded. See Modules in the admin for the reason, then rescan.`,
    });
  }
  const { server, secrets } = openServer(ctx.app, row, module);
  try {
    const result = await callModule(
      ctx,
      { ...target, server, secrets: [...secrets, ...(target.secrets ?? [])] },
      (call) => use(module, call),
      logging,
    );
    await noteAnswer(ctx, row);
    return result;
  } catch (error) {
    await noteFailure(ctx, row.id, error);
    throw error;
  }
}

/**
 * A call with address and credentials at hand, saved or not; it is recorded, and no breaker hears of it.
 * @throws what the module throws, with secrets struck out of its words: panels repeat what they were sent
 */
export async function callModule<T>(
  ctx: Context,
  target: Omit<PanelTarget, 'serverId'> & { server: ServerOf<Fields>; secrets: string[] },
  use: (call: Call<Fields>) => Promise<T>,
  { secretsIn }: Logging<T> = {},
): Promise<T> {
  const { server, secrets } = target;
  const signal = target.signal ?? new AbortController().signal;
  const kept: PanelExchange[] = [];
  const write = (exchange: PanelExchange) => writeExchange(ctx, target, exchange);
  const http = createPanelHttp({
    hostname: server.hostname,
    port: server.port,
    tls: server.tls,
    secrets,
    signal,
    record: secretsIn ? (exchange) => void kept.push(exchange) : write,
  });
  const answered: string[] = [];
  try {
    const result = await use({ server, http, signal });
    answered.push(...(secretsIn?.(result) ?? []));
    return result;
  } catch (error) {
    throw withoutSecrets(error, secrets);
  } finally {
    for (const exchange of kept) await write({ ...exchange, secrets: [...exchange.secrets, ...answered] });
  }
}

/** The same failure: its class decides what happens next. */
function withoutSecrets(error: unknown, secrets: string[]): unknown {
  if (!(error instanceof ModuleFailure)) return error;
  const detail = error.detail === undefined ? undefined : strikeOut(error.detail, secrets);
  return Object.assign(error, { message: strikeOut(error.message, secrets), detail });
}

/** A server's address and settings with its secrets opened, and the values that must never be written down. */
export function openServer(app: App, row: Selectable<Server>, module: ModuleDefinition) {
  const sealed = row.sealedSecrets as Record<string, string>;
  const opened = Object.fromEntries(
    secretNames(module.server).flatMap((name) =>
      sealed[name] === undefined ? [] : [[name, app.keyring.open(sealed[name], `server:${row.id}`)]],
    ),
  );
  const server = {
    ...(row.settings as Record<string, string | number | boolean>),
    ...opened,
    id: row.id,
    hostname: row.hostname,
    port: row.port,
    tls: tlsPolicy(row.tlsMode as TlsPolicy['mode'], row.tlsFingerprint),
    nameservers: row.nameservers,
  } as ServerOf<Fields>;
  return { server, secrets: Object.values(opened) };
}

export function tlsPolicy(mode: TlsPolicy['mode'], fingerprint256: string | null): TlsPolicy {
  return mode === 'pin' ? { mode, fingerprint256: fingerprint256 ?? '' } : { mode };
}

async function writeExchange(
  ctx: Context,
  target: Partial<PanelTarget> & { server: ServerOf<Fields> },
  exchange: PanelExchange,
): Promise<void> {
  const secrets = [...exchange.secrets, ...(target.secrets ?? [])];
  const clean = (text: string) => strikeOut(text, secrets).slice(0, LONGEST_LOGGED).replaceAll('\0', '');
  const headers = Object.entries(exchange.requestHeaders).map(([name, value]) => `${name}: ${value}`);
  await ctx.app.db
    .insertInto('provisioningLog')
    .values({
      id: uuidv7(),
      serverId: target.server.id === '' ? null : target.server.id,
      serviceId: target.serviceId ?? null,
      operationId: target.operationId ?? null,
      correlationId: ctx.correlationId,
      label: exchange.label,
      method: exchange.method,
      url: clean(exchange.url),
      request: clean([...headers, '', exchange.requestBody].join('\n')),
      status: exchange.status ?? null,
      response: exchange.responseBody === undefined ? null : clean(exchange.responseBody),
      outcome: exchange.outcome,
      error: exchange.error === undefined ? null : clean(exchange.error),
      durationMs: exchange.durationMs,
      createdAt: ctx.clock.now(),
    })
    .execute();
}
