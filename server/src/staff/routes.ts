import type { AddRoute } from '../kit/endpoint.ts';
import { addStaff } from './add-staff.ts';
import { changeStaff } from './change-staff.ts';
import { createApiKey } from './create-api-key.ts';
import { keyOwnerOf } from './key-owner.ts';
import { startSession } from './login.ts';
import { asAuditEntry, asStaff } from './present.ts';
import { alertPage, allStaff, auditPage, keysOf } from './queries.ts';
import { resolveAlert } from './resolve-alert.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import * as schemas from './schemas.ts';
import { callerOf, setCookies } from './session-http.ts';
import { setUpOwner } from './set-up-owner.ts';
import { readShopSettings } from './settings.ts';
import { writeSettings } from './write-settings.ts';

/** Thin on purpose: read the request, call one verb, present the result. */
export function staffRoutes(add: AddRoute): void {
  add(schemas.setUpOwner, async (ctx, { body, http }) => {
    const owner = await setUpOwner(ctx, body);
    const session = await startSession(ctx.app, { ...body, caller: callerOf(http) });
    setCookies(http, session?.cookies ?? []);
    return asStaff(owner);
  });
  add(schemas.listStaff, async (ctx) => ({ items: (await allStaff(ctx.db)).map(asStaff) }));
  add(schemas.addStaff, async (ctx, { body }) => asStaff(await addStaff(ctx, body)));
  add(schemas.changeStaff, async (ctx, { params, body }) => asStaff(await changeStaff(ctx, { ...params, ...body })));

  add(schemas.listApiKeys, async (ctx) => ({ items: await keysOf(ctx.db, keyOwnerOf(ctx.actor)) }));
  add(schemas.createApiKey, (ctx, { body }) => createApiKey(ctx, body));
  add(schemas.revokeApiKey, (ctx, { params }) => revokeApiKey(ctx, { keyId: params.id }));

  add(schemas.readSettings, (ctx) => readShopSettings(ctx.db));
  add(schemas.writeSettings, (ctx, { body }) => writeSettings(ctx, body));

  add(schemas.listAudit, async (ctx, { query }) => {
    const page = await auditPage(ctx.db, query, query);
    return { ...page, items: page.items.map(asAuditEntry) };
  });
  add(schemas.listAlerts, (ctx, { query }) => alertPage(ctx.db, query, query));
  add(schemas.resolveAlert, (ctx, { params }) => resolveAlert(ctx, { alertId: params.id }));
}
