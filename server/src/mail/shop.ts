import type { Context } from '../kit/context.ts';
import { readShopSettings } from '../staff/settings.ts';
import { shopLink } from '../staff/shop-link.ts';
import type { Shop } from './render.ts';

/** What every mail says about the shop. */
export async function readShop(ctx: Context): Promise<Shop> {
  const { shopName, shopAddress, supportEmail } = await readShopSettings(ctx.db);
  return {
    name: shopName,
    addressLines: shopAddress
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    supportEmail,
    url: shopLink(ctx.app, '/').replace(/\/$/, ''),
  };
}
