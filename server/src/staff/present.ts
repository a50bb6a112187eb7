/** What leaves the building about staff, keys, alerts and the audit log. */
import type { StaffRole } from '../kit/actor.ts';
import { ROLE_PERMISSIONS } from '../kit/permissions.ts';
import type { AuditRow, SessionRow, StaffRow } from './queries.ts';

export const asStaff = (row: StaffRow) => ({
  ...row,
  permissions: row.disabledAt ? [] : ROLE_PERMISSIONS[row.role as StaffRole],
});

export const asAuditEntry = ({ personName, impersonatorName, ...row }: AuditRow) => {
  const name = personName ?? nameOf(row.actor as { kind: string; name?: string });
  return {
    ...row,
    id: row.id.toString(),
    actorName: impersonatorName === null ? name : `${impersonatorName} as ${name}`,
  };
};

export const asSession = ({ ipAddress, userAgent, ...row }: SessionRow) => ({
  ...row,
  address: ipAddress ?? '',
  browser: userAgent ?? '',
});

const nameOf = (actor: { kind: string; name?: string }) =>
  ({ customer: 'Customer', staff: 'Former staff', api_key: 'API key', visitor: 'Visitor' })[actor.kind] ??
  actor.name ??
  actor.kind;
