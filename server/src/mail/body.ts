/** The stored body of a mail: encrypted, since it may carry a password; and what of it staff may see. */
import { z } from 'zod';
import type { Keyring } from '../kit/secrets.ts';

const rendering = z.object({ html: z.string(), text: z.string() });
const mailBody = z.object({ sent: rendering, forStaff: rendering });

export interface MailBody {
  /** As the receiver gets it. */
  sent: { html: string; text: string };
  /** The same without its secrets. */
  forStaff: { html: string; text: string };
}

const contextOf = (mailId: string) => `mail:${mailId}`;

export const sealBody = (keyring: Keyring, mailId: string, body: MailBody): string =>
  keyring.seal(JSON.stringify(body), contextOf(mailId));

/** @throws KeyringError when the key is not among ours or the body was changed */
export const openBody = (keyring: Keyring, mailId: string, sealed: string): MailBody =>
  mailBody.parse(JSON.parse(keyring.open(sealed, contextOf(mailId))));
