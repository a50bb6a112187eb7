/** A question to a panel on somebody's click: answered or refused within a page's patience, and never tried again. */
import { ModuleFailure } from '@hostwright/sdk';
import type { UsePanel } from '../kit/acts.ts';
import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { may } from '../kit/permissions.ts';
import { isOpen } from './breaker.ts';
import { callPanel, type Logging, type PanelTarget } from './call-panel.ts';
import { serverById } from './queries.ts';

const PATIENCE_SECONDS = 45;

/**
 * @throws NotFound `server_not_found`
 * @throws Conflict `server_unavailable` while its breaker is open: people who click must not get us blocked;
 *   `panel_failed` with `reason`, a `message` for everybody, and for staff the panel's `detail`
 */
export async function askPanel<T>(
  ctx: Context,
  target: PanelTarget,
  use: UsePanel<T>,
  logging: Logging<T> = {},
): Promise<T> {
  const server = await serverById(ctx.app.db, target.serverId);
  if (!server) throw new NotFound('server_not_found', { serverId: target.serverId });
  const breaker = {
    failures: server.breakerFailures,
    openUntil: server.breakerOpenUntil,
    reason: server.breakerReason,
  };
  if (isOpen(breaker, ctx.clock.now())) {
    throw new Conflict('server_unavailable', {
      message: 'The control panel does not answer just now.',
      ...forStaff(ctx, breaker.reason),
    });
  }
  try {
    return await callPanel(ctx, { ...target, signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000) }, use, logging);
  } catch (error) {
    throw refusalOf(ctx, error);
  }
}

/** A module's failure as an answer; anything else stays what it is. */
function refusalOf(ctx: Context, error: unknown): unknown {
  if (!(error instanceof ModuleFailure)) return error;
  const { code, message, detail } = error;
  return new Conflict(
    'panel_failed',
    { reason: code, message, ...forStaff(ctx, detail ?? null) },
    { message: detail ?? message, cause: error },
  );
}

const forStaff = (ctx: Context, detail: string | null) =>
  detail !== null && may(ctx.actor, 'services:read') ? { detail } : {};
