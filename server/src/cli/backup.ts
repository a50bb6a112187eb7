import type { Command } from 'commander';
import { type BackupSummary, backup } from '../kit/backup.ts';
import { restore } from '../kit/restore.ts';
import { keyIdsInUse } from '../sealed-columns.ts';
import { closedSecrets } from './closed-secrets.ts';
import { facts, print } from './print.ts';
import { refuseWhileRunning } from './running-shop.ts';
import { withDatabase } from './with-database.ts';

export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('Write everything into one checksummed file, while the shop works; the master key is not in it')
    .argument('<file>', 'a new file, for example shop-2026-05-31.backup')
    .action(async (file: string, _options: object, command: Command) => {
      const summary = await withDatabase(async ({ db, pool, log }) =>
        backup(pool, file, { log, keyIds: await keyIdsInUse(db) }),
      );
      const text = `${about(summary)}\nThe master key is not in it: keep HOSTWRIGHT_KEY or the key file somewhere else.`;
      print(command, { json: { file, ...summary }, text });
    });

  program
    .command('restore')
    .description('Put a backup into an empty database, whole or not at all')
    .argument('<file>', 'made by `hostwright backup`')
    .action(async (file: string, _options: object, command: Command) => {
      const { summary, closed } = await withDatabase(async ({ config, db, pool, log }) => {
        await refuseWhileRunning(pool, 'Stop it, and restore into a new database or data folder.');
        const restored = await restore(pool, file, { log });
        return { summary: restored, closed: await closedSecrets(db, config) };
      });
      const text = closed.length === 0 ? about(summary) : [about(summary), ...closed].join('\n');
      print(command, { json: { file, ...summary, closedSecrets: closed }, text });
    });
}

const about = ({ createdAt, tables, rows, bytes, migration, keyIds, sha256 }: BackupSummary) =>
  facts({
    'Written at': createdAt,
    Tables: tables,
    Rows: rows,
    Bytes: bytes,
    'Schema version': migration,
    'Master keys it needs': keyIds.join(', '),
    'SHA-256 of its content': sha256,
  });
