import type { Command } from 'commander';
import { rotateSecrets } from '../rotate-secrets.ts';
import { facts, print } from './print.ts';
import { inApp } from './with-app.ts';
import { withDatabase } from './with-database.ts';

export function addSecretsCommands(program: Command): void {
  const secrets = program
    .command('secrets')
    .description('The keys that panel credentials and passwords are sealed with');

  secrets
    .command('rotate')
    .description('Make a new master key and bring every secret under it; one cut short is finished by the next')
    .addHelpText(
      'after',
      '\nRuns beside the working shop. With HOSTWRIGHT_KEY, put the new key in front there and restart every process first.',
    )
    .action(async (_options: object, command: Command) => {
      const rotation = await withDatabase(async (database) => {
        const fromFile = database.config.key === undefined;
        return inApp(database, (ctx) => rotateSecrets(ctx, { addKey: fromFile }));
      });
      const { keyId, added, rewrapped } = rotation;
      const text = [
        added
          ? `Made the master key ${keyId}. Keep a copy of the key file apart from the backups.`
          : `The newest master key is ${keyId}.`,
        facts(rewrapped),
        'Every secret opens with it. Older keys are needed for older backups only.',
      ];
      print(command, { json: rotation, text: text.join('\n') });
    });
}
