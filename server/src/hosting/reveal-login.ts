import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { openServer } from '../provisioning/call-panel.ts';
import { serverById } from '../provisioning/queries.ts';
import { serviceExists } from './queries.ts';
import { readSubject, type Subject } from './subject.ts';

/**
 * How the owner of a service logs in to its account. Audited before anything is shown.
 *
 * @returns `password` null when it was set elsewhere; `panelUrl` null when the module does not know the address
 * @throws NotFound, also when it is somebody else's; Conflict `service_without_account` before there is an account and
 *   after it was removed
 */
export async function revealLogin(ctx: Context, input: { serviceId: string; customerId: string }) {
  const { serviceId } = input;
  return ctx.transaction(async (tx) => {
    if (!(await serviceExists(tx.db, input))) throw new NotFound('service_not_found', { serviceId });
    const subject = await readSubject(tx.db, serviceId);
    const { username, sealedPassword, state } = subject;
    if (username === null || (state !== 'active' && state !== 'suspended'))
      throw new Conflict('service_without_account', { serviceId });
    await audit(tx, 'service.login_revealed', { kind: 'service', id: serviceId });
    return {
      username,
      password: sealedPassword === null ? null : tx.app.keyring.open(sealedPassword, `service:${serviceId}`),
      panelUrl: await panelUrl(tx, subject),
    };
  });
}

async function panelUrl(ctx: Context, { serverId, moduleId }: Subject): Promise<string | null> {
  const module = ctx.app.modules.get(moduleId);
  const row = serverId === null ? undefined : await serverById(ctx.db, serverId);
  if (!row || !module?.panelUrl) return null;
  return module.panelUrl(openServer(ctx.app, row, module).server);
}
