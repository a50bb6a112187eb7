import type { TransactionContext } from '../kit/context.ts';
import { readSubject } from './subject.ts';

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
  const made = service.remoteData as {
    mailbox?: string;
    database?: string;
    databaseUser?: string;
    databaseHost?: string;
    nameservers?: string[];
  };
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
      nameservers: server?.nameservers.length ? server.nameservers : (made.nameservers ?? []),
      mailbox: made.mailbox ? { address: made.mailbox, password: secrets.mailboxPassword } : null,
      database: made.database
        ? { name: made.database, user: made.databaseUser, host: made.databaseHost, password: secrets.databasePassword }
        : null,
    },
  });
}
