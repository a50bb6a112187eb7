/** When the ladder acts: one row of `setting`, with a default for everything, so that a fresh shop needs to set nothing. */
import type { Db } from '../kit/db.ts';

export interface AutomationSettings {
  /** Hour of the shop's day from which the nightly run may begin, 0 to 23. */
  runAtHour: number;
  /** Days before the end of a paid period at which the next one is invoiced, 0 to 60. */
  renewalInvoiceDays: number;
  /** Days after the due day on which a saved payment method is charged, as `reminderDays`. */
  collectDays: number[];
  /** Days after the due day on which a reminder goes out; negative is before it. Ascending, none twice; may be empty. */
  reminderDays: number[];
  /** Days after the due day at which unpaid services are suspended, 1 or more. */
  suspendAfterDays: number;
  /** Days after the due day at which staff are asked whether to remove what is still suspended; after the suspension. */
  terminateAfterDays: number;
}

const KEY = 'automation';

export const DEFAULTS: AutomationSettings = {
  runAtHour: 3,
  renewalInvoiceDays: 7,
  collectDays: [0, 3, 6],
  reminderDays: [-3, 1, 4, 8],
  suspendAfterDays: 10,
  terminateAfterDays: 45,
};

export async function readAutomationSettings(db: Db): Promise<AutomationSettings> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst();
  return { ...DEFAULTS, ...(row?.value as Partial<AutomationSettings> | undefined) };
}

/** Store the settings as they are given; whether they make sense is checked by who asks. */
export async function storeAutomationSettings(db: Db, settings: AutomationSettings, now: Date): Promise<void> {
  const row = { value: JSON.stringify(settings), updatedAt: now };
  await db
    .insertInto('setting')
    .values({ key: KEY, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}
