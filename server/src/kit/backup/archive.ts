/**
 * The file of a backup: gzipped text that `zcat` shows. One JSON line about the whole, then for every table a JSON
 * line, its rows as COPY writes them, `\.` and a JSON line with their number and SHA-256; then the sequences, and
 * last a line with the SHA-256 of everything before it. A file without that last line is not whole.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { BackupError } from './error.ts';

export const FORMAT = 1;
export const END_OF_ROWS = '\\.\n';

const headerSchema = z.object({
  hostwrightBackup: z.number(),
  createdAt: z.iso.datetime(),
  postgres: z.string(),
  migrations: z.array(z.object({ number: z.int(), name: z.string(), checksum: z.string() })),
  keyIds: z.array(z.string()),
});
const tableSchema = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()).min(1) });
const tableEndSchema = z.object({ rows: z.int(), sha256: z.string() });
const tailSchema = z.object({
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), next: z.string().regex(/^-?\d+$/) })),
});
const endSchema = z.object({ end: z.literal(true), tables: z.int(), rows: z.int(), sha256: z.string() });
const afterTableSchema = z.union([tableSchema, tailSchema]);

export type ArchiveHeader = z.infer<typeof headerSchema>;
export type ArchiveTable = z.infer<typeof tableSchema>;
export type ArchiveTableEnd = z.infer<typeof tableEndSchema>;
export type ArchiveTail = z.infer<typeof tailSchema>;
export type ArchiveEnd = z.infer<typeof endSchema>;

export interface ArchiveVisitor {
  /** Has to read `rows` to their end. */
  table(table: ArchiveTable, rows: AsyncIterable<Buffer>): Promise<void>;
  tail?(tail: ArchiveTail): Promise<void>;
}

/**
 * Read a backup from front to end, checking every sum on the way. What the visitor was shown is proven only when
 * this returns: undo it when this throws.
 *
 * @throws BackupError when the file is missing, damaged, cut short or of another format, saying where
 */
export async function readArchive(file: string, visitor: ArchiveVisitor): Promise<ArchiveHeader & ArchiveEnd> {
  const reader = new ArchiveReader(file);
  const header = await reader.line(headerSchema, 'the first line');
  if (header.hostwrightBackup !== FORMAT) {
    throw new BackupError(
      `${file} has the format ${header.hostwrightBackup}, and this version of Hostwright reads ${FORMAT}. Restore it with the version that made it.`,
    );
  }
  let tables = 0;
  let rows = 0;
  for (;;) {
    const next = await reader.line(afterTableSchema, `after ${tables} tables`);
    if ('sequences' in next) {
      await visitor.tail?.(next);
      break;
    }
    rows += await readTable(reader, next, visitor);
    tables += 1;
  }
  const sha256 = reader.sha256();
  const end = await reader.line(endSchema, 'the last line');
  if (end.sha256 !== sha256 || end.tables !== tables || end.rows !== rows) reader.damaged('the sum of the whole');
  await reader.expectNothingMore();
  return { ...header, ...end };
}

/** For a visitor that only wants the sums checked. */
export async function skipRows(_table: ArchiveTable, rows: AsyncIterable<Buffer>): Promise<void> {
  for await (const _chunk of rows);
}

async function readTable(reader: ArchiveReader, table: ArchiveTable, visitor: ArchiveVisitor): Promise<number> {
  const where = `the table ${table.name}`;
  const hash = createHash('sha256');
  let rows = 0;
  async function* checked() {
    for await (const chunk of reader.rows(where)) {
      hash.update(chunk);
      rows += countLines(chunk);
      yield chunk;
    }
  }
  await visitor.table(table, checked());
  const end = await reader.line(tableEndSchema, where);
  if (end.rows !== rows || end.sha256 !== hash.digest('hex')) reader.damaged(where);
  return rows;
}

class ArchiveReader {
  readonly #file: string;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #hash = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
    // A failure ends the unzipped stream too, which is where we meet it.
    this.#chunks = pipeline(createReadStream(file), createGunzip(), () => {})[Symbol.asyncIterator]();
  }

  /** Sum of everything read so far. */
  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  async line<T>(schema: z.ZodType<T>, where: string): Promise<T> {
    let end = this.#rest.indexOf('\n');
    while (end < 0) {
      const known = this.#rest.length;
      if (!(await this.#more(where))) this.damaged(`${where}: it ends too early`);
      end = this.#rest.indexOf('\n', known);
    }
    const text = this.#take(end + 1).toString('utf8');
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      return this.damaged(where);
    }
  }

  /** Whole rows, up to the line that ends them. */
  async *rows(where: string): AsyncGenerator<Buffer> {
    for (;;) {
      const atOnce = this.#rest.subarray(0, END_OF_ROWS.length).equals(Buffer.from(END_OF_ROWS));
      const end = atOnce ? 0 : this.#rest.indexOf(`\n${END_OF_ROWS}`) + 1;
      if (atOnce || end > 0) {
        if (end > 0) yield this.#take(end);
        this.#take(END_OF_ROWS.length);
        return;
      }
      const whole = this.#rest.lastIndexOf('\n') + 1;
      if (whole > 0) yield this.#take(whole);
      if (!(await this.#more(where))) this.damaged(`${where}: it ends too early`);
    }
  }

  async expectNothingMore(): Promise<void> {
    if (this.#rest.length > 0 || (await this.#more('the end'))) this.damaged('something follows its last line');
  }

  damaged(where: string, cause?: unknown): never {
    throw new BackupError(
      `The backup ${this.#file} is damaged (${where}). Nothing of it can be relied on: take another one.`,
      {
        cause,
      },
    );
  }

  #take(bytes: number): Buffer {
    const taken = this.#rest.subarray(0, bytes);
    this.#rest = this.#rest.subarray(bytes);
    this.#hash.update(taken);
    return taken;
  }

  async #more(where: string): Promise<boolean> {
    try {
      const { value, done } = await this.#chunks.next();
      if (done) return false;
      this.#rest = Buffer.concat([this.#rest, value]);
      return true;
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR') return this.damaged(where, cause);
      throw new BackupError(`The backup ${this.#file} cannot be read: ${message}.`, { cause });
    }
  }
}

/** COPY writes one row per line, whatever is in it. */
export function countLines(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
