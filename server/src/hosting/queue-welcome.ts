import type { TransactionContext } from '../kit/context.ts';
import { readSubject, type Subject } from './subject.ts';

/**
 * The welcome mail with everything needed to begin. Sent once per service, however often it is asked for.
 * @param secrets the passwords of the create operation; those of steps that were skipped are left out
 */
export async function queueWelcome(
  tx: TransactionContext,
  serviceId: string,
  secrets: Record<string, string>,
): Promise<void> {
  const service = await readSubject(tx.db, serviceId);
  const server = service.serverId
    ? await tx.db
        .selectFrom('server')
        .select(['hostname', 'nameservers'])
        .where('id', '=', service.serverId)
        .executeTakeFirst()
    : undefined;
  const made = madeFor(service, secrets);
  await tx.app.outbox.queue(tx, {
    template: 'welcome',
    to: service.email,
    customerId: service.customerId,
    idempotencyKey: `welcome:${serviceId}`,
    cause: { kind: 'service', id: serviceId },
    data: {
      serviceId,
      firstName: service.firstName,
      product: service.productName,
      domain: service.domain,
      username: service.username,
      password: secrets.password,
      ipAddress: service.ipAddress,
      serverHostname: server?.hostname ?? null,
      nameservers: server?.nameservers.length ? server.nameservers : made.nameservers,
      mailbox: made.mailbox,
      database: made.database,
    },
  });
}

/** What was made after the welcome mail was written, in a mail of its own. Before that there is nothing to tell. */
export async function queueLoginDetails(
  tx: TransactionContext,
  made: { serviceId: string; operationId: string; step: 'Mailbox' | 'Database'; secrets: Record<string, string> },
): Promise<void> {
  const welcomed = await tx.db
    .selectFrom('jobStep')
    .select('name')
    .where('runId', '=', made.operationId)
    .where('name', '=', 'Send the welcome mail')
    .where('state', '=', 'done')
    .executeTakeFirst();
  if (!welcomed) return;
  const service = await readSubject(tx.db, made.serviceId);
  const { mailbox, database } = madeFor(service, made.secrets);
  await tx.app.outbox.queue(tx, {
    template: 'login_details',
    to: service.email,
    customerId: service.customerId,
    idempotencyKey: `login_details:${made.serviceId}:${made.step}`,
    cause: { kind: 'service', id: made.serviceId },
    data: {
      serviceId: made.serviceId,
      firstName: service.firstName,
      domain: service.domain,
      mailbox: made.step === 'Mailbox' ? mailbox : null,
      database: made.step === 'Database' ? database : null,
    },
  });
}

/** What the further steps have made so far, with the passwords that go with it. */
function madeFor(service: Pick<Subject, 'remoteData'>, secrets: Record<string, string>) {
  const made = service.remoteData as {
    mailbox?: string;
    database?: string;
    databaseUser?: string;
    databaseHost?: string;
    nameservers?: string[];
  };
  return {
    nameservers: made.nameservers ?? [],
    mailbox: made.mailbox ? { address: made.mailbox, password: secrets.mailboxPassword } : null,
    database: made.database
      ? { name: made.database, user: made.databaseUser, host: made.databaseHost, password: secrets.databasePassword }
      : null,
  };
}
