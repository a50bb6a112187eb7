import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { CUSTOMER_SCOPE_NAMES, PERMISSIONS } from '../kit/permissions.ts';
import { actorOut, currency, day, id, idParams, instant, line, listQuery, pageOf } from '../kit/shapes.ts';
import { REVOKED_REASONS } from './queries.ts';

const tag = 'Staff';
export const staffRole = z.enum(['owner', 'admin', 'billing', 'support', 'read_only']);
export const password = z.string().min(10, 'must have at least 10 characters').max(200);
export const emailAddress = z
  .email()
  .max(254)
  .transform((value) => value.toLowerCase());

const staffOut = z
  .object({
    userId: id,
    name: z.string(),
    email: z.string(),
    role: staffRole,
    permissions: z.array(z.string()),
    twoFactor: z.boolean(),
    createdAt: instant,
    disabledAt: instant.nullable(),
  })
  .openapi('Staff');

/** The first visitor of an empty shop, with the link printed in the terminal. */
export const setUpOwner = endpoint({
  secret: true,
  method: 'post',
  path: '/set-up',
  tag,
  access: 'public',
  summary: 'Make the owner account of an empty shop; signs in',
  status: 201,
  body: z.object({
    token: z.string().max(200),
    name: line(),
    email: emailAddress,
    password,
    shopName: line(),
    currency,
  }),
  ok: staffOut,
});
export const listStaff = endpoint({
  method: 'get',
  path: '/staff',
  tag,
  access: 'staff:read',
  summary: 'Staff and their roles',
  ok: z.object({ items: z.array(staffOut) }),
});
// Who makes, changes or lets in staff is there in person: a stolen key must not make itself an owner.
export const addStaff = endpoint({
  secret: true,
  method: 'post',
  path: '/staff',
  tag,
  access: 'staff:write',
  inPerson: true,
  summary: 'Add a member of staff',
  status: 201,
  body: z.object({ name: line(), email: emailAddress, password, role: staffRole }),
  ok: staffOut,
});
export const changeStaff = endpoint({
  method: 'patch',
  path: '/staff/{userId}',
  tag,
  access: 'staff:write',
  inPerson: true,
  summary: 'Change a role, or disable',
  params: z.object({ userId: id }),
  body: z.object({ role: staffRole.optional(), disabled: z.boolean().optional() }),
  ok: staffOut,
});

export const invitationOut = z
  .object({ id, email: z.string(), role: z.string(), createdAt: instant, expiresAt: instant })
  .openapi('Invitation');
/** Mails go to whoever the caller names: not many. */
export const invitationLimit = { most: 30, windowSeconds: 3_600 };

export const listStaffInvitations = endpoint({
  method: 'get',
  path: '/staff/invitations',
  tag,
  access: 'staff:read',
  summary: 'Who was invited to the staff and has not come yet',
  ok: z.object({ items: z.array(invitationOut) }),
});
export const inviteStaff = endpoint({
  method: 'post',
  path: '/staff/invitations',
  tag,
  access: 'staff:write',
  inPerson: true,
  limit: invitationLimit,
  status: 201,
  summary: 'Mail somebody a link to join the staff; the same address again gets another link and the new role',
  body: z.object({ email: emailAddress, role: staffRole }),
  ok: invitationOut,
});
export const withdrawStaffInvitation = endpoint({
  method: 'delete',
  path: '/staff/invitations/{id}',
  tag,
  access: 'staff:write',
  summary: 'Take an invitation to the staff back',
  params: idParams,
});
export const resetStaffTwoFactor = endpoint({
  method: 'post',
  path: '/staff/{userId}/reset-two-factor',
  tag,
  access: 'staff:write',
  inPerson: true,
  summary: 'Take the second factor off a colleague who lost it; they are told by mail',
  params: z.object({ userId: id }),
});

const sessionShape = z.object({
  id,
  signedInAt: instant,
  lastSeenAt: instant.nullable().openapi({ description: 'Exact to a minute.' }),
  address: z.string(),
  browser: z.string().openapi({ description: 'As it named itself.' }),
});
/** For staff who look at somebody else's. */
export const sessionsOut = z.object({ items: z.array(sessionShape.openapi('LoginSession')) });

export const listStaffSessions = endpoint({
  method: 'get',
  path: '/staff/{userId}/sessions',
  tag,
  access: 'staff:read',
  summary: 'Where a colleague is signed in',
  params: z.object({ userId: id }),
  ok: sessionsOut,
});
export const endStaffSessions = endpoint({
  method: 'delete',
  path: '/staff/{userId}/sessions',
  tag,
  access: 'staff:write',
  summary: 'Sign a colleague out everywhere',
  params: z.object({ userId: id }),
});

// Account: what somebody does about their own login, staff and customers alike.
const account = { tag: 'Account', access: 'session' } as const;
const ownPassword = z.string().max(200).openapi({ description: 'The current password, once more.' });
const code = z.string().trim().min(6).max(20).openapi({ description: 'Of the authenticator app, or a backup code.' });

export const listSessions = endpoint({
  ...account,
  method: 'get',
  path: '/account/sessions',
  summary: 'Where the caller is signed in',
  ok: z.object({ items: z.array(sessionShape.extend({ current: z.boolean() }).openapi('AccountSession')) }),
});
export const endOtherSessions = endpoint({
  ...account,
  method: 'delete',
  path: '/account/sessions',
  summary: "Sign out everywhere else: ends all of the caller's sessions but this one",
});
export const endSessionById = endpoint({
  ...account,
  method: 'delete',
  path: '/account/sessions/{id}',
  summary: 'End one session of the caller',
  params: idParams,
});
export const changePassword = endpoint({
  ...account,
  secret: true,
  method: 'put',
  path: '/account/password',
  summary: 'Change the own password; ends the other sessions and tells by mail',
  body: z.object({ currentPassword: ownPassword, password }),
});
export const readTwoFactor = endpoint({
  ...account,
  method: 'get',
  path: '/account/two-factor',
  summary: 'Whether signing in asks for a code',
  ok: z
    .object({
      onSince: instant.nullable(),
      backupCodesLeft: z.int(),
      required: z.boolean().openapi({ description: 'The shop asks it of its staff.' }),
    })
    .openapi('TwoFactor'),
});
export const beginTwoFactor = endpoint({
  ...account,
  secret: true,
  method: 'post',
  path: '/account/two-factor',
  status: 201,
  summary: 'Make a secret for an authenticator app; nothing asks for codes until one is confirmed',
  body: z.object({ password: ownPassword }),
  ok: z.object({
    uri: z.string().openapi({ description: '`otpauth://totp/...`, to be shown as a QR code.' }),
    secret: z.string().openapi({ description: 'The same, to be typed in: base 32.' }),
  }),
});
const backupCodesOut = z.object({
  backupCodes: z.array(z.string()).openapi({ description: 'Shown this once; each is good once.' }),
});
export const confirmTwoFactor = endpoint({
  ...account,
  secret: true,
  method: 'post',
  path: '/account/two-factor/confirm',
  summary: 'Ask for codes from now on; ends the other sessions, tells by mail, gives backup codes',
  body: z.object({ code }),
  ok: backupCodesOut,
});
export const removeTwoFactor = endpoint({
  ...account,
  secret: true,
  method: 'post',
  path: '/account/two-factor/remove',
  summary: 'Sign in without codes again; tells by mail',
  body: z.object({ password: ownPassword, code }),
});
export const renewBackupCodes = endpoint({
  ...account,
  secret: true,
  method: 'post',
  path: '/account/two-factor/backup-codes',
  summary: 'Ten new backup codes in the place of the old ones; tells by mail',
  body: z.object({ password: ownPassword }),
  ok: backupCodesOut,
});

export const API_SCOPES = [...PERMISSIONS, ...CUSTOMER_SCOPE_NAMES] as const;
const apiKeyOut = z
  .object({
    id,
    name: z.string(),
    prefix: z.string().openapi({ description: 'First characters of the key, to recognise it by.' }),
    scopes: z.array(z.string()),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
    revokedReason: z
      .enum(REVOKED_REASONS)
      .nullable()
      .openapi({ description: 'When nobody revoked it by itself: why it was.' }),
    maker: z
      .object({ name: z.string(), role: z.enum(['owner', 'billing', 'technical']) })
      .nullable()
      .openapi({
        description: "Who made a customer's key, as long as they are one of its users. It may no more than they.",
      }),
  })
  .openapi('ApiKey');

export const listApiKeys = endpoint({
  method: 'get',
  path: '/api-keys',
  tag: 'API keys',
  access: 'session',
  customerRight: 'owner',
  summary: 'API keys of the caller',
  ok: z.object({ items: z.array(apiKeyOut) }),
});
export const createApiKey = endpoint({
  secret: true,
  method: 'post',
  path: '/api-keys',
  tag: 'API keys',
  access: 'session',
  customerRight: 'owner',
  confirmedEmail: true,
  status: 201,
  summary:
    "Make an API key; its token is shown this once. Scopes are limited to what the caller may do; a customer's key has `portal`, or with fewer rights `portal:billing` or `portal:technical`",
  body: z.object({ name: line(80), scopes: z.array(z.enum(API_SCOPES)).min(1), expiresOn: day.optional() }),
  ok: z.object({ token: z.string(), apiKey: apiKeyOut }),
});
export const revokeApiKey = endpoint({
  method: 'delete',
  path: '/api-keys/{id}',
  tag: 'API keys',
  access: 'session',
  customerRight: 'owner',
  summary: 'Revoke an API key of the caller',
  params: idParams,
});

const settingsShape = z
  .object({
    shopName: line(),
    shopAddress: z.string().max(500),
    supportEmail: z.union([emailAddress, z.literal('')]),
    taxId: z.string().max(60),
    storeHeadline: z.string().trim().max(120),
    storeIntro: z.string().trim().max(300),
    currencies: z.array(currency).min(1).max(20).openapi({ description: 'The first is the default.' }),
    termsUrl: z.union([z.url({ protocol: /^https?$/ }), z.literal('')]),
    invoiceDueDays: z.int().min(0).max(90),
    staffTwoFactor: z
      .enum(['off', 'required'])
      .openapi({ description: '`required`: staff without a second factor can only set one up.' }),
    timeZone: z
      .string()
      .max(60)
      .openapi({ description: 'IANA time zone; decides on which calendar day something happens.' }),
  })
  .openapi('Settings');
export const readSettings = endpoint({
  method: 'get',
  path: '/settings',
  tag: 'Settings',
  access: 'settings:read',
  summary: 'Settings of the shop',
  ok: settingsShape,
});
export const writeSettings = endpoint({
  method: 'put',
  path: '/settings',
  tag: 'Settings',
  access: 'settings:write',
  summary: 'Change the settings of the shop',
  body: settingsShape,
  ok: settingsShape,
});

export const listAudit = endpoint({
  method: 'get',
  path: '/audit',
  tag: 'Audit',
  access: 'audit:read',
  summary: 'Who did what, newest first',
  query: listQuery.extend({ subjectId: id.optional(), correlationId: id.optional() }),
  ok: pageOf(
    z
      .object({
        id: z.string(),
        action: z.string(),
        actionName: z.string().openapi({ description: '`action` in words.' }),
        subjectKind: z.string(),
        subjectId: id.nullable(),
        before: z.unknown(),
        after: z.unknown(),
        actor: actorOut,
        actorName: z.string(),
        correlationId: id,
        createdAt: instant,
      })
      .openapi('AuditEntry'),
  ),
});

export const alertOut = z
  .object({
    id,
    kind: z.string(),
    subjectKind: z.string(),
    subjectId: id,
    message: z.string().openapi({ description: 'Of the newest thing it concerns, as are the subject and what to do.' }),
    whatToDo: z.string(),
    count: z.int().openapi({ description: 'How much it concerns: while it is open, what is not over.' }),
    correlationId: id,
    createdAt: instant,
    toldAt: instant.openapi({ description: 'When staff were last told by mail: at most once an hour.' }),
    resolvedAt: instant.nullable(),
  })
  .openapi('Alert');
export const listAlerts = endpoint({
  method: 'get',
  path: '/alerts',
  tag: 'Alerts',
  access: 'operations:read',
  summary: 'What waits for a person',
  query: listQuery.extend({ state: z.enum(['open', 'resolved', 'all']).default('open') }),
  ok: pageOf(alertOut),
});
export const listAlertSubjects = endpoint({
  method: 'get',
  path: '/alerts/{id}/subjects',
  tag: 'Alerts',
  access: 'operations:read',
  summary: 'What an alert concerns, newest first, at most 200',
  params: idParams,
  ok: z.object({
    items: z.array(
      z
        .object({
          subjectKind: z.string(),
          subjectId: id,
          message: z.string(),
          createdAt: instant,
          resolvedAt: instant.nullable(),
        })
        .openapi('AlertSubject'),
    ),
  }),
});
export const resolveAlert = endpoint({
  method: 'post',
  path: '/alerts/{id}/resolve',
  tag: 'Alerts',
  access: 'operations:write',
  summary: 'Close an alert that was dealt with',
  params: idParams,
  ok: alertOut,
});
