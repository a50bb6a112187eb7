import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict, Invalid, type Issue } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { exponentOf } from '../kit/money.ts';
import { allow } from '../kit/permissions.ts';
import { findIdentity } from './queries.ts';
import { readShopSettings, type ShopSettings, storeShopSettings } from './settings.ts';

/**
 * Replace the settings of the shop.
 *
 * @throws Invalid `invalid_settings` naming each currency or time zone that does not exist
 * @throws Conflict `set_up_your_own_first` when somebody without a second factor asks it of all staff
 */
export async function writeSettings(ctx: Context, settings: ShopSettings): Promise<ShopSettings> {
  allow(ctx.actor, 'settings:write');
  const issues = [...currencyIssues(settings.currencies), ...timeZoneIssues(settings.timeZone)];
  if (issues.length > 0) throw new Invalid('invalid_settings', { issues });
  return ctx.transaction(async (tx) => {
    const before = await readShopSettings(tx.db);
    if (settings.staffTwoFactor === 'required' && before.staffTwoFactor === 'off') await mustHaveSecondFactor(tx);
    await storeShopSettings(tx.db, settings, tx.clock.now());
    await audit(
      tx,
      'settings.changed',
      { kind: 'settings', id: null },
      { before: { ...before }, after: { ...settings } },
    );
    return settings;
  });
}

/** Else the very next request would be refused. Keys and commands have none. */
async function mustHaveSecondFactor(tx: TransactionContext): Promise<void> {
  if (tx.actor.kind !== 'staff') return;
  const identity = await findIdentity(tx.db, tx.actor.userId);
  if (identity?.secondFactor === null) throw new Conflict('set_up_your_own_first');
}

export function currencyIssues(currencies: string[]): Issue[] {
  return currencies.flatMap((currency, index) => {
    const path = `currencies.${index}`;
    if (currencies.indexOf(currency) < index) return [{ path, message: `${currency} is there twice` }];
    try {
      exponentOf(currency);
      return [];
    } catch {
      return [{ path, message: `${currency} is not an ISO 4217 currency` }];
    }
  });
}

function timeZoneIssues(timeZone: string): Issue[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return [];
  } catch {
    return [{ path: 'timeZone', message: 'must be an IANA time zone, for example Europe/Vienna' }];
  }
}
