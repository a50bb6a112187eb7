/** What calls tell about a server: written only when it changes something, so that a busy server is not one hot row. */
import type { Selectable } from 'kysely';
import { closeAlerts, raiseAlert } from '../kit/alerts.ts';
import type { Context } from '../kit/context.ts';
import type { Server } from '../kit/database.generated.ts';
import { record } from '../kit/events.ts';
import { afterFailure, closed, countsAgainstServer, isOpen } from './breaker.ts';

const NOTED_EVERY_SECONDS = 60;

/** The panel answered: it is well. Closes the breaker and lets waiting operations go on. */
export async function noteAnswer(ctx: Context, server: Selectable<Server>): Promise<void> {
  const now = ctx.clock.now();
  const stale = !server.lastSuccessAt || now.getTime() - server.lastSuccessAt.getTime() > NOTED_EVERY_SECONDS * 1000;
  if (server.breakerFailures === 0 && !stale) return;
  await ctx.transaction(async (tx) => {
    const before = await tx.db
      .selectFrom('server')
      .selectAll()
      .where('id', '=', server.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await tx.db
      .updateTable('server')
      .set({ ...columns(closed), lastSuccessAt: now })
      .where('id', '=', server.id)
      .execute();
    if (before.breakerOpenUntil === null) return;
    await closeAlerts(tx, { kind: 'server_unavailable', subject: { kind: 'server', id: server.id } });
    await record(tx, 'server.recovered', { kind: 'server', id: server.id }, { serverId: server.id });
  });
}

/** Count a failure of the server; anything else is not its fault and changes nothing. */
export async function noteFailure(ctx: Context, serverId: string, error: unknown): Promise<void> {
  if (!countsAgainstServer(error)) return;
  await ctx.transaction(async (tx) => {
    const server = await tx.db
      .selectFrom('server')
      .selectAll()
      .where('id', '=', serverId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const before = {
      failures: server.breakerFailures,
      openUntil: server.breakerOpenUntil,
      reason: server.breakerReason,
    };
    const now = tx.clock.now();
    // Calls that were under way when it opened do not make it stay open longer.
    if (isOpen(before, now)) return;
    const after = afterFailure(before, error, now);
    await tx.db.updateTable('server').set(columns(after)).where('id', '=', serverId).execute();
    if (after.openUntil === null || before.openUntil !== null) return;
    await raiseAlert(tx, {
      kind: 'server_unavailable',
      subject: { kind: 'server', id: serverId },
      message: `${server.name} does not do its work: ${after.reason}`,
      whatToDo: whatToDo(error.code),
    });
    await record(tx, 'server.unavailable', { kind: 'server', id: serverId }, { serverId });
  });
}

function whatToDo(code: string): string {
  if (code === 'auth')
    return 'Check user name and token on the server page and test the connection. Its operations wait and go on by themselves.';
  if (code === 'certificate')
    return 'Test the connection on the server page and confirm the new certificate. Its operations wait and go on by themselves.';
  return 'Check that the panel runs and that its firewall lets this machine in. Its operations wait and go on by themselves.';
}

const columns = (state: { failures: number; openUntil: Date | null; reason: string | null }) => ({
  breakerFailures: state.failures,
  breakerOpenUntil: state.openUntil,
  breakerReason: state.reason,
});
