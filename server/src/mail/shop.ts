import type { TransactionContext } from '../kit/context.ts';
import { readShopSettings } from '../staff/settings.ts';
import { shopLink } from '../staff/shop-link.ts';
import type { Shop } from './render.ts';

/** What every mail says about the shop. */
export async function readShop(tx: TransactionContext): Promise<Shop> {
  const { shopName, shopAddress, supportEmail } = await readShopSettings(tx.db);
  return {
    name: shopName,
    addressLines: shopAddress
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    supportEmail,
    url: shopLink(tx.app, '/').replace(/\/$/, ''),
  };
}
