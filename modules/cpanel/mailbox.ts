import type { AccountRef } from '@hostwright/sdk';
import { userOf } from './accounts.ts';
import { unreadable, type Whm } from './api.ts';
import { isRefusalOfPanel } from './failures.ts';
import { requireAccount } from './lifecycle.ts';
import { asRecords, asText } from './wire.ts';

/** A mailbox on the account's main domain. @param mailbox.quotaMb 0 is unlimited */
export async function createMailbox(
  api: Whm,
  account: AccountRef,
  mailbox: { localPart: string; password: string; quotaMb: number },
): Promise<{ address: string }> {
  const { domain } = await requireAccount(api, account);
  const user = userOf(account);
  const address = `${mailbox.localPart.toLowerCase()}@${domain}`;
  if (await exists(api, user, domain, address)) return { address };
  try {
    await api.uapiWrite(
      user,
      'Email::add_pop',
      {
        email: mailbox.localPart.toLowerCase(),
        domain,
        password: mailbox.password,
        quota: String(mailbox.quotaMb),
        send_welcome_email: '0',
      },
      { secrets: [mailbox.password] },
    );
  } catch (failure) {
    if (!isRefusalOfPanel(failure) || !(await exists(api, user, domain, address))) throw failure;
  }
  return { address };
}

async function exists(api: Whm, user: string, domain: string, address: string): Promise<boolean> {
  const boxes = asRecords(await api.uapiRead(user, 'Email::list_pops_with_disk', { domain }));
  if (boxes === undefined) throw unreadable('Email::list_pops_with_disk', 'no list of mailboxes', false);
  return boxes.some((box) => asText(box.email).toLowerCase() === address);
}
