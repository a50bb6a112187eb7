import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { LADDER } from './ladder.ts';
import { readAutomationSettings } from './settings.ts';

/** The ladder with the shop's own days, as the admin prints it. */
export async function readLadder(ctx: Context) {
  allow(ctx.actor, 'settings:read');
  const settings = await readAutomationSettings(ctx.db);
  return LADDER.map(({ name, countedFrom, days, does }) => ({ name, countedFrom, days: days(settings), does }));
}
