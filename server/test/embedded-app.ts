/** A process that uses the embedded PostgreSQL like the shop does: `node embedded-app.ts <data folder>`; SIGTERM ends it cleanly. */
import { startEmbeddedPostgres } from '../src/kit/embedded-postgres.ts';

const server = await startEmbeddedPostgres({
  dataFolder: process.argv[2],
  log: { info: () => {}, warn: (message) => process.stderr.write(`${message}\n`) },
});
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ started: server.started })}\n`);
