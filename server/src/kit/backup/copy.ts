/** PostgreSQL's COPY over `pg`, which knows its messages but offers no way to use them. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type pg from 'pg';

const CHUNK_BYTES = 65_536;

/** What `pg` calls on a query of one's own; its types name only the first. */
interface CopyQuery extends pg.Submittable {
  handleCopyInResponse?(connection: CopyConnection): void;
  handleCopyData?(message: { chunk: Buffer }, connection: CopyConnection): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/**
 * The rows of a `copy (...) to stdout` as text, in chunks that end with a row. Reading slowly slows the server down.
 * Read it to its end before the connection is used again.
 */
export function copyOut(client: pg.ClientBase, statement: string): Readable {
  let connection: pg.Connection | undefined;
  let rows: Buffer[] = [];
  let bytes = 0;
  const stream = new Readable({ read: () => void connection?.stream.resume() });
  const flush = () => {
    const goOn = bytes === 0 || stream.push(Buffer.concat(rows, bytes));
    rows = [];
    bytes = 0;
    if (!goOn) connection?.stream.pause();
  };
  client.query({
    submit(opened) {
      connection = opened;
      opened.query(statement);
    },
    handleCopyData({ chunk }) {
      rows.push(Buffer.from(chunk)); // a copy: the parser uses its buffer again
      bytes += chunk.length;
      if (bytes >= CHUNK_BYTES) flush();
    },
    handleCommandComplete: flush,
    handleReadyForQuery() {
      stream.push(null);
    },
    handleError(error) {
      connection?.stream.resume();
      stream.destroy(error);
    },
  } satisfies CopyQuery);
  return stream;
}

/**
 * Feed a `copy ... from stdin`.
 *
 * @returns how many rows the server took
 * @throws what the server says, or what `chunks` throws; either way the statement has changed nothing
 */
export function copyIn(client: pg.ClientBase, statement: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    const refused = new AbortController();
    let rows = 0;
    let failure: unknown;

    async function send(connection: CopyConnection): Promise<void> {
      try {
        for await (const chunk of chunks) {
          if (refused.signal.aborted) return;
          connection.sendCopyFromChunk(chunk);
          if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain', { signal: refused.signal });
        }
        connection.endCopyFrom();
      } catch (error) {
        if (refused.signal.aborted) return; // the server has said why
        failure = error;
        connection.sendCopyFail('the rows cannot be read');
      }
    }

    client.query({
      submit: (connection) => connection.query(statement),
      handleCopyInResponse: (connection) => void send(connection),
      handleCommandComplete({ text }) {
        rows = Number(/^COPY (\d+)/.exec(text)?.[1]);
      },
      handleReadyForQuery: () => resolve(rows),
      handleError(error) {
        refused.abort();
        reject(failure ?? error);
      },
    } satisfies CopyQuery);
  });
}
