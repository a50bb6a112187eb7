/** A mail server that keeps what it is given and delivers nothing: for the demo shop and for tests. */
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
  /** Addresses of the envelope: who it is from and for, whatever its headers say. */
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  messageId: string;
}

export interface MailCatcher {
  port: number;
  /** The latest thousand, oldest first. */
  messages(): CaughtMail[];
  /**
   * The first mail, caught or still to come, of which this holds.
   * @param timeoutSeconds 10 when not given
   * @throws Error with the subjects of what came instead
   */
  waitFor(predicate: (mail: CaughtMail) => boolean, timeoutSeconds?: number): Promise<CaughtMail>;
  /** Lets go of its port and of every connection. A second call does nothing. */
  close(): Promise<void>;
}

/** Mails to these mailboxes of any domain are answered as a mail server does that has no such box, or no time. */
const NO_SUCH_BOX = 'no-such-box';
const BUSY_BOX = 'busy-box';
const MOST = 1_000;

/** @param options.port on 127.0.0.1; a free one when not given */
export async function startMailCatcher(options: { port?: number } = {}): Promise<MailCatcher> {
  const caught: CaughtMail[] = [];
  const waiting = new Set<() => void>();

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onRcptTo({ address }, _session, done) {
      const box = address.slice(0, address.lastIndexOf('@'));
      if (box === NO_SUCH_BOX) done(refusal(550, 'No such box here'));
      else if (box === BUSY_BOX) done(refusal(451, 'This box is busy, try again later'));
      else done();
    },
    onData(stream, { envelope }, done) {
      buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          caught.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            subject: mail.subject ?? '',
            html: mail.html ?? '',
            text: mail.text ?? '',
            messageId: mail.messageId ?? '',
          });
          if (caught.length > MOST) caught.shift();
          for (const look of [...waiting]) look();
          done();
        })
        .catch(done);
    },
  });
  // A client that hangs up in the middle is its own affair.
  server.on('error', () => {});

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });

  let closing: Promise<void> | undefined;
  return {
    port: (server.server.address() as AddressInfo).port, // it listens on TCP, so it has one
    messages: () => [...caught],
    waitFor: (predicate, timeoutSeconds = 10) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = caught.find(predicate);
          if (!found) return;
          clearTimeout(timeout);
          waiting.delete(look);
          resolve(found);
        };
        const timeout = setTimeout(() => {
          waiting.delete(look);
          const subjects = caught.map(({ subject, to }) => `"${subject}" to ${to.join(', ')}`);
          reject(new Error(`No such mail within ${timeoutSeconds} s. There were: ${subjects.join('; ') || 'none'}`));
        }, timeoutSeconds * 1000);
        waiting.add(look);
        look();
      }),
    close() {
      closing ??= new Promise((resolve) => server.close(() => resolve()));
      return closing;
    },
  };
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
