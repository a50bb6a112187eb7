/** A demo shop of one's own whose mails can be read. */
import { startMailCatcher } from '../server/src/mail/catcher.ts';
import { PATIENCE_MS } from './browser.ts';
import { type ShopProcess, startShopProcess } from './shop-process.ts';

export interface MailedShop extends ShopProcess {
  /** The first link to a page of the shop that was mailed to an address, now or soon. */
  linkTo(email: string, page: string): Promise<string>;
}

/** @param options.travels whether its clock can be moved */
export async function startMailedShop(options: { travels?: boolean } = {}): Promise<MailedShop> {
  const post = await startMailCatcher();
  const shop = await startShopProcess([], { SMTP_URL: `smtp://127.0.0.1:${post.port}` }, options);
  return {
    ...shop,
    async linkTo(email, page) {
      const link = new RegExp(`\\S+${page}\\?token=[\\w-]+`);
      const mail = await post.waitFor(({ to, text }) => to.includes(email) && link.test(text), PATIENCE_MS / 1000);
      return link.exec(mail.text)?.[0] ?? '';
    },
    async stop() {
      await shop.stop();
      await post.close();
    },
  };
}
