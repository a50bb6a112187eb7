/** SQL for staff, their keys, the audit log and alerts; no decisions, no transactions opened. */
import { sql } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Db, Tx } from '../kit/db.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { isCalled, searchPattern } from '../kit/search.ts';
import { actorPeople } from './actor-name.ts';
import { PASSWORD_PROVIDER } from './create-login.ts';

const staffRows = (db: Db) =>
  db
    .selectFrom('staffMember')
    .innerJoin('loginUser', 'loginUser.id', 'staffMember.userId')
    .leftJoin('twoFactor', (on) =>
      on.onRef('twoFactor.userId', '=', 'loginUser.id').on('twoFactor.confirmedAt', 'is not', null),
    )
    .select([
      sql<boolean>`two_factor.user_id is not null`.as('twoFactor'),
      'staffMember.userId',
      'loginUser.name',
      'loginUser.email',
      'staffMember.role',
      'staffMember.createdAt',
      'staffMember.disabledAt',
    ]);

export const allStaff = (db: Db) =>
  staffRows(db).orderBy('staffMember.createdAt').orderBy('staffMember.userId').execute();

export const findStaff = (db: Db, userId: string) =>
  staffRows(db).where('staffMember.userId', '=', userId).executeTakeFirst();

/** @param email lower case */
export const findStaffByEmail = (db: Db, email: string) =>
  staffRows(db).where('loginUser.email', '=', email).executeTakeFirst();

export type StaffRow = NonNullable<Awaited<ReturnType<typeof findStaff>>>;

/** Nobody else adds, changes or disables staff before this transaction ends; reading goes on. */
export const lockStaff = (tx: Tx) => sql`lock table staff_member in share row exclusive mode`.execute(tx);

export async function countActiveOwners(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('staffMember')
    .select((builder) => builder.fn.countAll<bigint>().as('count'))
    .where('role', '=', 'owner')
    .where('disabledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether the shop still waits for its first owner. A disabled one counts: the shop was set up. */
export async function isSetUpNeeded(db: Db): Promise<boolean> {
  const owner = await db
    .selectFrom('staffMember')
    .select('userId')
    .where('role', '=', 'owner')
    .limit(1)
    .executeTakeFirst();
  return owner === undefined;
}

/** The password hash of a login, by its id or by its e-mail address in lower case. */
export function findPassword(db: Db, which: { userId: string } | { email: string }) {
  const rows = db
    .selectFrom('loginAccount')
    .innerJoin('loginUser', 'loginUser.id', 'loginAccount.userId')
    .select(['loginUser.id as userId', 'loginAccount.password'])
    .where('loginAccount.providerId', '=', PASSWORD_PROVIDER);
  return (
    'userId' in which ? rows.where('loginUser.id', '=', which.userId) : rows.where('loginUser.email', '=', which.email)
  ).executeTakeFirst();
}

/** Name and address of a login. */
export const findLoginUser = (db: Db, userId: string) =>
  db
    .selectFrom('loginUser')
    .select(['id', 'name', 'email', 'emailVerified'])
    .where('id', '=', userId)
    .executeTakeFirst();

/** Sessions of a login that have not run out, the latest first. @param now by the machine's clock, as better-auth goes */
export const sessionsOf = (db: Db, userId: string, now: Date) =>
  db
    .selectFrom('loginSession')
    .select(['id', 'signedInAt', 'lastSeenAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', userId)
    .where('expiresAt', '>', now)
    .orderBy('signedInAt', 'desc')
    .orderBy('id', 'desc')
    .execute();

export type SessionRow = Awaited<ReturnType<typeof sessionsOf>>[number];

/** End the sessions of a login but one. */
export const deleteOtherSessions = (tx: Tx, userId: string, sessionId: string | undefined) => {
  const ending = tx.deleteFrom('loginSession').where('userId', '=', userId);
  return (sessionId === undefined ? ending : ending.where('id', '!=', sessionId)).execute();
};

/** End every session of a login, so that who holds one must sign in again. */
export const deleteSessions = (tx: Tx, userId: string) =>
  tx.deleteFrom('loginSession').where('userId', '=', userId).execute();

/** Whose a key is: a member of staff, or a customer. */
export type KeyOwner = { staffUserId: string } | { customerId: string };

/**
 * Whether somebody may still have keys here. That stays so until the transaction ends: whoever shuts them out meanwhile
 * waits for it.
 */
export async function holdKeyMaker(tx: Tx, owner: KeyOwner, userId: string): Promise<boolean> {
  if ('staffUserId' in owner) {
    const staff = tx.selectFrom('staffMember').select('userId').where('userId', '=', userId);
    return (await staff.where('disabledAt', 'is', null).forShare().executeTakeFirst()) !== undefined;
  }
  const { customerId } = owner;
  await tx.selectFrom('customer').select('id').where('id', '=', customerId).forKeyShare().executeTakeFirst();
  const user = tx.selectFrom('customerUser').select('userId').where('customerId', '=', customerId);
  return (await user.where('userId', '=', userId).where('role', '=', 'owner').executeTakeFirst()) !== undefined;
}

export const keysOf = (db: Db, owner: KeyOwner) =>
  ownKeys(db, owner).orderBy('createdAt', 'desc').orderBy('id', 'desc').execute();

export const findKeyOf = (db: Db, owner: KeyOwner, keyId: string) =>
  ownKeys(db, owner).where('id', '=', keyId).executeTakeFirst();

export type ApiKeyRow = Awaited<ReturnType<typeof keysOf>>[number];

function ownKeys(db: Db, owner: KeyOwner) {
  const keys = db
    .selectFrom('apiKey')
    .select(['id', 'name', 'prefix', 'scopes', 'createdAt', 'lastUsedAt', 'expiresAt', 'revokedAt', 'revokedReason'])
    .select((key) =>
      jsonObjectFrom(
        key
          .selectFrom('customerUser')
          .innerJoin('loginUser', 'loginUser.id', 'customerUser.userId')
          .select(['loginUser.name', 'customerUser.role'])
          .whereRef('customerUser.userId', '=', 'apiKey.madeBy'),
      ).as('maker'),
    );
  return 'staffUserId' in owner
    ? keys.where('staffUserId', '=', owner.staffUserId)
    : keys.where('customerId', '=', owner.customerId);
}

/** Why a key was revoked, when nobody revoked it by itself: who made it is no user any more, or was shut out. */
export const REVOKED_REASONS = ['user_removed', 'staff_disabled'] as const;
export type RevokedReason = (typeof REVOKED_REASONS)[number];

/** Revoke one key, or all that somebody made. @returns those that were not revoked before */
export function revokeKeys(
  tx: Tx,
  which: { id: string } | { makerId: string },
  as: { revokedAt: Date; revokedReason: RevokedReason | null },
) {
  const keys = tx.updateTable('apiKey').set(as).where('revokedAt', 'is', null);
  const chosen =
    'id' in which
      ? keys.where('id', '=', which.id)
      : keys.where((key) => key.or([key('staffUserId', '=', which.makerId), key('madeBy', '=', which.makerId)]));
  return chosen.returning(['id', 'name', 'prefix']).execute();
}

/** A key that was not revoked and has not run out, and who made it. */
export const findLiveKey = (db: Db, tokenHash: string, now: Date) =>
  db
    .selectFrom('apiKey')
    .select(['id', 'scopes', 'lastUsedAt', 'staffUserId', 'madeBy'])
    .where('tokenHash', '=', tokenHash)
    .where('revokedAt', 'is', null)
    .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', now)]))
    .executeTakeFirst();

/** What a login is: staff, a customer's, or neither; and whether it asks for a second factor. */
export const findIdentity = (db: Db, userId: string) =>
  db
    .selectFrom('loginUser')
    .leftJoin('staffMember', 'staffMember.userId', 'loginUser.id')
    .leftJoin('customerUser', 'customerUser.userId', 'loginUser.id')
    .leftJoin('twoFactor', (on) =>
      on.onRef('twoFactor.userId', '=', 'loginUser.id').on('twoFactor.confirmedAt', 'is not', null),
    )
    .select([
      'loginUser.id as userId',
      'loginUser.emailVerified',
      'twoFactor.userId as secondFactor',
      'staffMember.role as staffRole',
      'staffMember.disabledAt',
      'customerUser.customerId',
      'customerUser.role as customerRole',
    ])
    .where('loginUser.id', '=', userId)
    .executeTakeFirst();

/** What a session says beside whose it is. */
export const findSession = (db: Db, sessionId: string) =>
  db
    .selectFrom('loginSession')
    .select(['id', 'signedInAt', 'lastSeenAt', 'impersonatedCustomerId', 'impersonatedUntil'])
    .where('id', '=', sessionId)
    .executeTakeFirst();

/** The login staff act with when they act as a customer: of its owners the one who was there first. */
export const findOwnerLogin = (db: Db, customerId: string) =>
  db
    .selectFrom('customerUser')
    .select('userId')
    .where('customerId', '=', customerId)
    .where('role', '=', 'owner')
    .orderBy('createdAt')
    .orderBy('userId')
    .limit(1)
    .executeTakeFirst();

export interface AuditFilter {
  subjectId?: string | undefined;
  correlationId?: string | undefined;
  /** Words of the action, for example `invoice`. */
  search?: string | undefined;
}

/** Who did what, with the name of the person behind each row where there is one. */
export function auditPage(db: Db, filter: AuditFilter, page: PageRequest) {
  let rows = db
    .selectFrom('audit')
    .select([
      'audit.id',
      'audit.action',
      'audit.subjectKind',
      'audit.subjectId',
      'audit.before',
      'audit.after',
      'audit.actor',
      'audit.correlationId',
      'audit.createdAt',
      ...actorPeople('audit.actor'),
    ]);
  if (filter.subjectId !== undefined) rows = rows.where('audit.subjectId', '=', filter.subjectId);
  if (filter.correlationId !== undefined) rows = rows.where('audit.correlationId', '=', filter.correlationId);
  if (filter.search) rows = rows.where(isCalled('audit', filter.search));
  // Ids are made in order of time, and theirs is the index.
  return paginate(rows, page, { db, id: 'audit.id', sortable: { createdAt: 'audit.id' }, fallback: '-createdAt' });
}

export type AuditRow = Awaited<ReturnType<typeof auditPage>>['items'][number];

const alertRows = (db: Db) =>
  db
    .selectFrom('alert')
    .select([
      'id',
      'kind',
      'subjectKind',
      'subjectId',
      'message',
      'whatToDo',
      'correlationId',
      'createdAt',
      'resolvedAt',
      'toldAt',
    ])
    .select(
      sql<number>`(select count(*)::int from alert_subject one
        where one.alert_id = alert.id and (one.resolved_at is null or alert.resolved_at is not null))`.as('count'),
    );

export const alertExists = async (db: Db, id: string): Promise<boolean> =>
  (await db.selectFrom('alert').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** What an alert concerns, newest first; what is over last. */
export const subjectsOfAlert = (db: Db, alertId: string, limit: number) =>
  db
    .selectFrom('alertSubject')
    .select(['subjectKind', 'subjectId', 'message', 'createdAt', 'resolvedAt'])
    .where('alertId', '=', alertId)
    .orderBy(sql`resolved_at is not null`)
    .orderBy('createdAt', 'desc')
    .orderBy('subjectId', 'desc')
    .limit(limit)
    .execute();

/** Open alerts last told of before an instant that concern something nobody was told of. */
export const grownAlerts = (db: Db, before: Date) =>
  db
    .selectFrom('alert')
    .select('id')
    .where('resolvedAt', 'is', null)
    .where('toldAt', '<=', before)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('alertSubject')
          .select('alertId')
          .whereRef('alertSubject.alertId', '=', 'alert.id')
          .where('told', '=', false)
          .where('alertSubject.resolvedAt', 'is', null),
      ),
    )
    .orderBy('id')
    .execute();

export function alertPage(
  db: Db,
  filter: { state: 'open' | 'resolved' | 'all'; search?: string | undefined },
  page: PageRequest,
) {
  let rows = alertRows(db);
  if (filter.state !== 'all') rows = rows.where('resolvedAt', filter.state === 'open' ? 'is' : 'is not', null);
  if (filter.search) {
    const words = searchPattern(filter.search);
    rows = rows.where((row) => row.or([row('message', 'ilike', words), row('kind', 'ilike', words)]));
  }
  return paginate(rows, page, {
    db,
    id: 'id',
    sortable: { createdAt: 'createdAt', kind: 'kind' },
    fallback: '-createdAt',
  });
}

/** The alert, held until the transaction ends. */
export const lockAlert = (tx: Tx, id: string) => alertRows(tx).where('id', '=', id).forUpdate().executeTakeFirst();

export type AlertRow = NonNullable<Awaited<ReturnType<typeof lockAlert>>>;
