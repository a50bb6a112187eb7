/** One PostgreSQL for a whole test run: the one TEST_DATABASE_URL names. */
import { dropLeftovers } from './database.ts';

export async function setup(): Promise<void> {
  // A file that needs no database runs without one; the others say what is missing.
  if (process.env.TEST_DATABASE_URL === undefined) return;
  await dropLeftovers();
}
