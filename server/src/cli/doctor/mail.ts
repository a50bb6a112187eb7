import type { Context } from '../../kit/context.ts';
import { transportOf } from '../../mail/transport.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Connects and signs in; sends nothing. */
export async function examineMail(ctx: Context): Promise<Finding> {
  const { config } = ctx.app;
  const transport = transportOf(ctx.app);
  if (transport === undefined) {
    return config.demo
      ? ok('Mail', 'the demo shop catches its own')
      : warn('Mail', 'Without SMTP_URL every mail waits in the outbox.', 'Set SMTP_URL and MAIL_FROM.');
  }
  const { hostname } = new URL(config.smtpUrl ?? '');
  try {
    await transport.verify();
    return ok('Mail', `${hostname} lets us send as ${config.mailFrom}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail('Mail', `${hostname}: ${reason}`, 'Check SMTP_URL: address, port, user and password.');
  } finally {
    transport.close();
  }
}
