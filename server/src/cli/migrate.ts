import type { Command } from 'commander';
import { MIGRATIONS_FOLDER, migrate } from '../kit/migrate.ts';
import { addSearchIndexes } from '../kit/search-indexes.ts';
import { print } from './print.ts';
import { withDatabase } from './with-database.ts';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database to the schema of this version; `start` does so too')
    .action(async (_options: object, command: Command) => {
      const applied = await withDatabase(async ({ pool }) => {
        const numbers = await migrate(pool, MIGRATIONS_FOLDER);
        await addSearchIndexes(pool);
        return numbers;
      });
      const text = applied.length === 0 ? 'The database is up to date.' : `Applied migration ${applied.join(', ')}.`;
      print(command, { json: { applied }, text });
    });
}
