/** Whether the database refused a row because another one has the same key: `unique_violation` of PostgreSQL. */
const UNIQUE_VIOLATION = '23505';

/** @param constraints names of the unique constraints or indexes that are expected to be hit */
export function isTaken(error: unknown, constraints: readonly string[]): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== UNIQUE_VIOLATION) return false;
  return 'constraint' in error && constraints.includes(String(error.constraint));
}
