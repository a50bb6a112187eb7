/** What leaves the building about staff, keys, alerts and the audit log. */
import type { StaffRole } from '../kit/actor.ts';
import { ROLE_PERMISSIONS } from '../kit/permissions.ts';
import type { AuditRow, StaffRow } from './queries.ts';

export const asStaff = (row: StaffRow) => ({
  ...row,
  permissions: row.disabledAt ? [] : ROLE_PERMISSIONS[row.role as StaffRole],
});

export const asAuditEntry = ({ personName, ...row }: AuditRow) => ({
  ...row,
  id: row.id.toString(),
  actorName: personName ?? nameOf(row.actor as { kind: string; name?: string }),
});

const nameOf = (actor: { kind: string; name?: string }) =>
  ({ customer: 'Customer', staff: 'Former staff', api_key: 'API key', visitor: 'Visitor' })[actor.kind] ??
  actor.name ??
  actor.kind;
