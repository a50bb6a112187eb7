import type { Context } from '../kit/context.ts';
import { Invalid, type Issue } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { type AutomationSettings, readAutomationSettings, storeAutomationSettings } from './settings.ts';

/**
 * Replace the days on which the ladder acts. What was done already stays done: an invoice that was reminded for a day
 * that is gone from the list is not reminded of it again.
 *
 * @throws Invalid `invalid_settings` naming days that contradict each other
 */
export async function writeAutomationSettings(ctx: Context, settings: AutomationSettings): Promise<AutomationSettings> {
  allow(ctx.actor, 'settings:write');
  const issues = contradictions(settings);
  if (issues.length > 0) throw new Invalid('invalid_settings', { issues });
  const wanted = {
    ...settings,
    collectDays: ascending(settings.collectDays),
    reminderDays: ascending(settings.reminderDays),
  };
  return ctx.transaction(async (tx) => {
    const before = await readAutomationSettings(tx.db);
    await storeAutomationSettings(tx.db, wanted, tx.clock.now());
    const change = { before: { ...before }, after: { ...wanted } };
    await audit(tx, 'automation_settings.changed', { kind: 'settings', id: null }, change);
    return wanted;
  });
}

export function contradictions(settings: AutomationSettings): Issue[] {
  const { collectDays, reminderDays, suspendAfterDays, terminateAfterDays } = settings;
  const issues = [...twice('collectDays', collectDays), ...twice('reminderDays', reminderDays)];
  if (reminderDays.includes(suspendAfterDays)) {
    const path = `reminderDays.${reminderDays.indexOf(suspendAfterDays)}`;
    issues.push({ path, message: 'is the day of the suspension, which sends a mail of its own' });
  }
  if (terminateAfterDays <= suspendAfterDays) {
    issues.push({
      path: 'terminateAfterDays',
      message: `must be later than the suspension on day ${suspendAfterDays}`,
    });
  }
  return issues;
}

const twice = (name: string, list: number[]): Issue[] =>
  list.flatMap((days, index) =>
    list.indexOf(days) < index ? [{ path: `${name}.${index}`, message: `${days} is there twice` }] : [],
  );

const ascending = (list: number[]) => list.toSorted((a, b) => a - b);
