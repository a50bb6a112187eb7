/** A simulator's memory on disk: whole or not at all, and written before anybody is told that a write succeeded. */
import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';

export class StateFile<State> {
  readonly state: State;
  readonly #path: string | undefined;
  #running: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  /**
   * @param path in memory only when not given
   * @param fresh the state when there is no file yet
   * @throws SyntaxError when the file is there and is not JSON
   */
  constructor(path: string | undefined, fresh: () => State) {
    this.#path = path;
    this.state = path !== undefined && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as State) : fresh();
  }

  /** Resolves when everything changed before this call is on disk. Callers that come together share one write. */
  flush(): Promise<void> {
    if (this.#path === undefined) return Promise.resolve();
    if (this.#running === undefined) {
      this.#running = this.#write(this.#path).finally(() => {
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

  async #write(path: string): Promise<void> {
    const temporary = `${path}.${process.pid}.tmp`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(this.state));
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  }
}
