import type { Context } from '../kit/context.ts';
import { Invalid, type Issue } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { exponentOf } from '../kit/money.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings, type ShopSettings, storeShopSettings } from './settings.ts';

/**
 * Replace the settings of the shop.
 *
 * @throws Invalid `invalid_settings` naming each currency or time zone that does not exist
 */
export async function writeSettings(ctx: Context, settings: ShopSettings): Promise<ShopSettings> {
  allow(ctx.actor, 'settings:write');
  const issues = [...currencyIssues(settings.currencies), ...timeZoneIssues(settings.timeZone)];
  if (issues.length > 0) throw new Invalid('invalid_settings', { issues });
  return ctx.transaction(async (tx) => {
    const before = await readShopSettings(tx.db);
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
