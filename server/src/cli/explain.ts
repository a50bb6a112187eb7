import { ConfigError } from '../config.ts';
import { BackupError } from '../kit/backup/error.ts';
import { EmbeddedPostgresError } from '../kit/embedded-postgres/error.ts';
import { DomainError, Invalid } from '../kit/errors.ts';
import { MigrationError } from '../kit/migrate.ts';
import { KeyringError } from '../kit/secrets.ts';
import { CommandError } from './command-error.ts';

/** What went wrong, for a program and for a person. */
export interface Explanation {
  code: string;
  message: string;
}

/** Errors whose message is written for the operator, by what scripts call them. */
const FOR_OPERATORS = [
  [ConfigError, 'config_wrong'],
  [KeyringError, 'key_wrong'],
  [EmbeddedPostgresError, 'embedded_postgres'],
  [MigrationError, 'migration_failed'],
  [BackupError, 'backup_failed'],
] as const;

/** Undefined for what nobody expected: that is a bug, and its stack is worth reading. */
export function explain(error: unknown): Explanation | undefined {
  if (error instanceof CommandError) return { code: error.code, message: error.message };
  if (error instanceof DomainError) return { code: error.code, message: sentence(error) };
  for (const [kind, code] of FOR_OPERATORS) {
    if (error instanceof kind) return { code, message: error.message };
  }
  return undefined;
}

function sentence(error: DomainError): string {
  if (error instanceof Invalid && error.issues.length > 0) {
    return `${readable(error)}: ${error.issues.map(({ path, message }) => `${path} ${message}`).join('; ')}`;
  }
  const facts = Object.entries(error.details).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return facts.length > 0 ? `${readable(error)} (${facts.join(', ')})` : readable(error);
}

/** Codes are words in all but spelling: `operation_unfinished` is "Operation unfinished". */
function readable({ code, message }: DomainError): string {
  if (message !== code) return message;
  const words = code.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
