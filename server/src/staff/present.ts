/** What leaves the building about staff, keys, alerts and the audit log. */
import { actionName } from '../kit/action-names.ts';
import type { StaffRole } from '../kit/actor.ts';
import { ROLE_PERMISSIONS } from '../kit/permissions.ts';
import { actorName } from './actor-name.ts';
import type { AuditRow, SessionRow, StaffRow } from './queries.ts';

export const asStaff = (row: StaffRow) => ({
  ...row,
  permissions: row.disabledAt ? [] : ROLE_PERMISSIONS[row.role as StaffRole],
});

export const asAuditEntry = ({ personName, impersonatorName, ...row }: AuditRow) => ({
  ...row,
  id: row.id.toString(),
  actionName: actionName(row.action),
  actorName: actorName({ ...row, personName, impersonatorName }),
});

export const asSession = ({ ipAddress, userAgent, ...row }: SessionRow) => ({
  ...row,
  address: ipAddress ?? '',
  browser: userAgent ?? '',
});
