/** The embedded server cannot be had here. The message is for the operator and always names the way out. */
export class EmbeddedPostgresError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(`${message} Or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`, options);
    this.name = 'EmbeddedPostgresError';
  }
}
