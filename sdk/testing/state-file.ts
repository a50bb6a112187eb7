/**
 * A simulator's memory: tables in the process and, when a path is given, a file that grows by one line per change.
 * A line holds everything that changed together, so a kill at any moment leaves whole changes or none.
 */
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, rename, writeFile } from 'node:fs/promises';

/** Rows by key. A row changed in place counts as changed only once it is `set` again. */
export interface Table<Row> {
  readonly size: number;
  get(key: string): Row | undefined;
  has(key: string): boolean;
  set(key: string, row: Row): void;
  delete(key: string): void;
  values(): IterableIterator<Row>;
}

/** `[table, key, row]`; a missing row is a deletion. */
type Change = [table: string, key: string, row?: unknown];

export class StateFile {
  readonly #path: string | undefined;
  readonly #tables = new Map<string, Map<string, unknown>>();
  readonly #dirty = new Map<string, Set<string>>();
  #running: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  /**
   * Read the file when it is there, and rewrite it in its shortest form.
   *
   * @param path in memory only when not given
   * @throws Error naming the file and line when a line other than the last is not JSON; a torn last line is the write
   *   during which the process was killed, and is dropped.
   */
  static async open(path: string | undefined): Promise<StateFile> {
    const file = new StateFile(path);
    if (path !== undefined && existsSync(path)) {
      file.#load(path);
      await file.#compact(path);
    }
    return file;
  }

  private constructor(path: string | undefined) {
    this.#path = path;
  }

  /** The table of that name; the caller vouches for the type of its rows, as it alone writes them. */
  table<Row>(name: string): Table<Row> {
    const rows = this.#rows(name) as Map<string, Row>;
    const touch = (key: string) => this.#touch(name, key);
    return {
      get size() {
        return rows.size;
      },
      get: (key) => rows.get(key),
      has: (key) => rows.has(key),
      set: (key, row) => {
        rows.set(key, row);
        touch(key);
      },
      delete: (key) => {
        if (rows.delete(key)) touch(key);
      },
      values: () => rows.values(),
    };
  }

  /** Resolves when everything changed before this call is on disk. Callers that come together share one write. */
  flush(): Promise<void> {
    if (this.#path === undefined || (this.#dirty.size === 0 && this.#running === undefined)) return Promise.resolve();
    if (this.#running === undefined) {
      this.#running = this.#append(this.#path).finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#queued ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#queued = undefined;
        return this.flush();
      });
    return this.#queued;
  }

  #rows(name: string): Map<string, unknown> {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const made = new Map<string, unknown>();
    this.#tables.set(name, made);
    return made;
  }

  #touch(table: string, key: string): void {
    if (this.#path === undefined) return;
    const keys = this.#dirty.get(table);
    if (keys === undefined) this.#dirty.set(table, new Set([key]));
    else keys.add(key);
  }

  async #append(path: string): Promise<void> {
    if (this.#dirty.size === 0) return;
    const changes: Change[] = [];
    for (const [table, keys] of this.#dirty) {
      for (const key of keys) {
        const row = this.#rows(table).get(key);
        changes.push(row === undefined ? [table, key] : [table, key, row]);
      }
    }
    this.#dirty.clear();
    await appendFile(path, `${JSON.stringify(changes)}\n`, { mode: 0o600 });
  }

  #load(path: string): void {
    const lines = readFileSync(path, 'utf8').split('\n');
    // Every whole line ends in a newline, so the last piece is empty or torn.
    lines.pop();
    for (const [index, line] of lines.entries()) {
      let changes: Change[];
      try {
        changes = JSON.parse(line);
      } catch (error) {
        throw new Error(`${path}, line ${index + 1}, is not a simulator's state. Move the file away to start empty.`, {
          cause: error,
        });
      }
      for (const [table, key, row] of changes) {
        if (row === undefined) this.#rows(table).delete(key);
        else this.#rows(table).set(key, row);
      }
    }
  }

  async #compact(path: string): Promise<void> {
    const changes: Change[] = [];
    for (const [table, rows] of this.#tables) for (const [key, row] of rows) changes.push([table, key, row]);
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, `${JSON.stringify(changes)}\n`, { mode: 0o600 });
    await rename(temporary, path);
  }
}
