/** A server's form as its row: everything it points at checked, secrets sealed. */
import type { z } from 'zod';
import type { TransactionContext } from '../kit/context.ts';
import { maskFields, type StoredFields, sealFields } from '../kit/declared-fields.ts';
import { Invalid, type Issue } from '../kit/errors.ts';
import type { serverIn } from './schemas.ts';

export type ServerInput = z.output<typeof serverIn>;

/** What the secrets of a server are authenticated with. */
export const sealingContext = (serverId: string) => `server:${serverId}`;

/**
 * @param before what is stored of the same module: a blank secret keeps it
 * @throws Invalid `bad_server` or `bad_fields` naming what does not fit
 */
export async function serverColumns(
  tx: TransactionContext,
  { id, input, before }: { id: string; input: ServerInput; before: StoredFields | null },
) {
  const module = tx.app.modules.get(input.moduleId);
  const issues: Issue[] = [];
  if (!module)
    issues.push({ path: 'moduleId', message: `no module "${input.moduleId}" is loaded; see Modules for the reason` });
  if (input.tlsMode === 'pin' && input.tlsFingerprint === null) {
    const message = 'is needed to pin the certificate; test the connection to see the one presented now';
    issues.push({ path: 'tlsFingerprint', message });
  }
  const group = await tx.db
    .selectFrom('serverGroup')
    .select('id')
    .where('id', '=', input.serverGroupId)
    .executeTakeFirst();
  if (!group) issues.push({ path: 'serverGroupId', message: 'there is no such server group' });
  if (!module || issues.length > 0) throw new Invalid('bad_server', { issues });
  const stored = sealFields(tx.app.keyring, module.server, input.settings, {
    before,
    context: sealingContext(id),
    path: 'settings',
  });
  return {
    ...input,
    settings: JSON.stringify(stored.settings),
    sealedSecrets: JSON.stringify(stored.sealedSecrets),
    updatedAt: tx.clock.now(),
  };
}

/** A row's declared values as they are kept. */
export const storedFields = (row: { settings: unknown; sealedSecrets: unknown }) => row as StoredFields; // only sealFields writes these columns

/** A server for the audit log: what the form holds, secrets masked. */
export function auditedServer(row: Omit<ServerInput, 'settings'> & { settings: unknown; sealedSecrets: unknown }) {
  return {
    name: row.name,
    serverGroupId: row.serverGroupId,
    moduleId: row.moduleId,
    hostname: row.hostname,
    port: row.port,
    tlsMode: row.tlsMode,
    tlsFingerprint: row.tlsFingerprint,
    settings: maskFields(storedFields(row)),
    maxAccounts: row.maxAccounts,
    weight: row.weight,
    concurrency: row.concurrency,
    nameservers: row.nameservers,
    maintenance: row.maintenance,
    position: row.position,
  };
}
