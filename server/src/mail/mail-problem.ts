import type { App } from '../kit/context.ts';
import { strikeOut } from '../kit/redaction.ts';
import { countQueued } from './queries.ts';
import { reasonOf } from './refusal.ts';
import { transportOf } from './transport.ts';

/**
 * What keeps mail from going out, as a sentence with what to do about it; nothing when a connection to the mail server can
 * be made and it takes our name and password.
 */
export async function mailProblem(app: App): Promise<string | undefined> {
  const transport = transportOf(app);
  const queued = await countQueued(app.db);
  const waiting = `${queued} ${queued === 1 ? 'mail waits' : 'mails wait'} in the outbox`;
  if (!transport)
    return `No mail server is set: ${waiting}. Set SMTP_URL, for example smtps://user:password@mail.example.com:465.`;
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    const { password, hostname, port } = new URL(app.config.smtpUrl ?? '');
    const reason = strikeOut(reasonOf(error), [password, decodeURIComponent(password)]);
    return `The mail server ${hostname}${port ? `:${port}` : ''} cannot be used: ${reason}. ${waiting}. Check SMTP_URL.`;
  }
}
