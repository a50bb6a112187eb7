/** One-time links into cPanel. The link is a secret: it is made on the click and never stored. */
import { type AccountRef, NeedsStaff } from '@hostwright/sdk';
import { userOf } from './accounts.ts';
import { unreadable, type Whm } from './api.ts';
import { isRefusalOfPanel } from './failures.ts';
import { refusedWhileSuspended, requireAccount } from './lifecycle.ts';
import { asText, type Json } from './wire.ts';

export interface SignOnSettings {
  singleSignOn: boolean;
  /** Host name put into the links; WHM's own when blank. */
  signOnHost?: string;
}

/** @param app cPanel's name of a page, for example `Email_Accounts`; WHM ignores one it does not know */
export async function signOn(
  api: Whm,
  account: AccountRef,
  settings: SignOnSettings,
  app: string | undefined,
): Promise<{ url: string }> {
  if (!settings.singleSignOn) {
    throw new NeedsStaff('Signing on by link is switched off for this server.', {
      code: 'sign_on_off',
      detail: 'Switch on "Sign customers on" on the server\'s page, and give the token create-user-session.',
    });
  }
  const session = await api
    .read(
      'create_user_session',
      {
        user: userOf(account),
        service: 'cpaneld',
        ...(app ? { app } : {}),
        ...(settings.signOnHost ? { preferred_domain: settings.signOnHost } : {}),
      },
      { answerSecrets: secretsOf },
    )
    .catch(async (failure: unknown) => {
      if (!isRefusalOfPanel(failure)) throw failure;
      throw refusedWhileSuspended(await requireAccount(api, account)) ?? failure;
    });
  const url = asText(session.url);
  if (!URL.canParse(url)) throw unreadable('create_user_session', 'no link', false);
  return { url };
}

const secretsOf = (data: Json): string[] =>
  [data.url, data.session, data.cp_security_token].map(asText).filter((value) => value !== '');
