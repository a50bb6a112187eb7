import type { AddRoute } from '../kit/endpoint.ts';
import { addStaff } from './add-staff.ts';
import { beginTwoFactor } from './begin-two-factor.ts';
import { callerOf } from './caller.ts';
import { changePassword } from './change-password.ts';
import { changeStaff } from './change-staff.ts';
import { confirmTwoFactor } from './confirm-two-factor.ts';
import { setCookies } from './cookies.ts';
import { createApiKey } from './create-api-key.ts';
import { endOtherSessions, endSessionById, endStaffSessions } from './end-sessions.ts';
import { invitationsOf } from './invitation.ts';
import { inviteStaff, withdrawStaffInvitation } from './invite-staff.ts';
import { keyOwnerOf } from './key-owner.ts';
import { startSession } from './login.ts';
import { noteDevice } from './note-device.ts';
import { asAuditEntry, asSession, asStaff } from './present.ts';
import { alertPage, allStaff, auditPage, keysOf } from './queries.ts';
import { readAlertSubjects } from './read-alert-subjects.ts';
import { readOwnSessions, readStaffSessions } from './read-sessions.ts';
import { readTwoFactor } from './read-two-factor.ts';
import { removeTwoFactor, resetStaffTwoFactor } from './remove-two-factor.ts';
import { renewBackupCodes } from './renew-backup-codes.ts';
import { resolveAlert } from './resolve-alert.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import * as schemas from './schemas.ts';
import { setUpOwner } from './set-up-owner.ts';
import { readShopSettings } from './settings.ts';
import { writeSettings } from './write-settings.ts';

/** Thin on purpose: read the request, call one verb, present the result. */
export function staffRoutes(add: AddRoute): void {
  add(schemas.setUpOwner, async (ctx, { body, http }) => {
    const owner = await setUpOwner(ctx, body);
    const login = { userId: owner.userId, caller: callerOf(http) };
    const session = await startSession(ctx.app, login);
    setCookies(http, { ...session, device: await noteDevice(ctx, login) });
    return asStaff(owner);
  });
  add(schemas.listStaff, async (ctx) => ({ items: (await allStaff(ctx.db)).map(asStaff) }));
  add(schemas.addStaff, async (ctx, { body }) => asStaff(await addStaff(ctx, body)));
  add(schemas.changeStaff, async (ctx, { params, body }) => asStaff(await changeStaff(ctx, { ...params, ...body })));

  add(schemas.listStaffInvitations, async (ctx) => ({ items: await invitationsOf(ctx.db, null) }));
  add(schemas.inviteStaff, (ctx, { body }) => inviteStaff(ctx, body));
  add(schemas.withdrawStaffInvitation, (ctx, { params }) => withdrawStaffInvitation(ctx, { invitationId: params.id }));
  add(schemas.resetStaffTwoFactor, (ctx, { params }) => resetStaffTwoFactor(ctx, params));
  add(schemas.listStaffSessions, async (ctx, { params }) => ({
    items: (await readStaffSessions(ctx, params)).map(asSession),
  }));
  add(schemas.endStaffSessions, (ctx, { params }) => endStaffSessions(ctx, params));

  accountRoutes(add);

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
  add(schemas.listAlertSubjects, (ctx, { params }) => readAlertSubjects(ctx, params.id));
  add(schemas.resolveAlert, (ctx, { params }) => resolveAlert(ctx, { alertId: params.id }));
}

function accountRoutes(add: AddRoute): void {
  add(schemas.listSessions, async (ctx, { http }) => {
    const rows = await readOwnSessions(ctx);
    return { items: rows.map((row) => ({ ...asSession(row), current: row.id === http.get('sessionId') })) };
  });
  add(schemas.endOtherSessions, (ctx, { http }) => endOtherSessions(ctx, { sessionId: http.get('sessionId') }));
  add(schemas.endSessionById, (ctx, { params }) => endSessionById(ctx, { sessionId: params.id }));
  add(schemas.changePassword, (ctx, { body, http }) =>
    changePassword(ctx, { ...body, sessionId: http.get('sessionId'), caller: callerOf(http) }),
  );
  add(schemas.readTwoFactor, (ctx) => readTwoFactor(ctx));
  add(schemas.beginTwoFactor, (ctx, { body, http }) => beginTwoFactor(ctx, { ...body, caller: callerOf(http) }));
  add(schemas.confirmTwoFactor, (ctx, { body, http }) =>
    confirmTwoFactor(ctx, { ...body, sessionId: http.get('sessionId'), caller: callerOf(http) }),
  );
  add(schemas.removeTwoFactor, (ctx, { body, http }) => removeTwoFactor(ctx, { ...body, caller: callerOf(http) }));
  add(schemas.renewBackupCodes, (ctx, { body, http }) => renewBackupCodes(ctx, { ...body, caller: callerOf(http) }));
}
