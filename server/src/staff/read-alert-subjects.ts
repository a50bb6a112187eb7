import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { alertExists, subjectsOfAlert } from './queries.ts';

const SHOWN = 200;

/** @throws NotFound `alert_not_found` */
export async function readAlertSubjects(ctx: Context, alertId: string) {
  allow(ctx.actor, 'operations:read');
  if (!(await alertExists(ctx.db, alertId))) throw new NotFound('alert_not_found');
  return { items: await subjectsOfAlert(ctx.db, alertId, SHOWN) };
}
