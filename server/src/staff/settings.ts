/** Settings of the shop: one row of `setting`, with a default for everything, so that a fresh shop works. */
import type { Db } from '../kit/db.ts';

export interface ShopSettings {
  shopName: string;
  /** Several lines, as printed on invoices. */
  shopAddress: string;
  /** Empty until the owner gives one. */
  supportEmail: string;
  taxId: string;
  /** What the store says first; empty says the shop's name. */
  storeHeadline: string;
  /** Below the headline, and what search engines show. May be empty. */
  storeIntro: string;
  /** ISO 4217; never empty, and the first is the default. */
  currencies: string[];
  /** Empty when the shop has no terms to agree to. */
  termsUrl: string;
  /** Days from issue to due, 0 or more. */
  invoiceDueDays: number;
  /** Whether staff must have a second factor. Those who lack one may do nothing but set it up. */
  staffTwoFactor: 'off' | 'required';
  /** IANA name; decides on which calendar day something happens. */
  timeZone: string;
}

const KEY = 'shop';

const DEFAULTS: ShopSettings = {
  shopName: 'Hostwright',
  shopAddress: '',
  supportEmail: '',
  taxId: '',
  storeHeadline: 'Hosting that sets itself up',
  storeIntro: 'Choose a plan, pay, and your account is made while you watch. No tickets, no waiting.',
  currencies: ['USD'],
  termsUrl: '',
  invoiceDueDays: 7,
  staffTwoFactor: 'off',
  timeZone: 'UTC',
};

export async function readShopSettings(db: Db): Promise<ShopSettings> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst();
  return { ...DEFAULTS, ...(row?.value as Partial<ShopSettings> | undefined) };
}

/** Store the settings as they are given; what they must look like is checked by who asks. */
export async function storeShopSettings(db: Db, settings: ShopSettings, now: Date): Promise<void> {
  const row = { value: JSON.stringify(settings), updatedAt: now };
  await db
    .insertInto('setting')
    .values({ key: KEY, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}
