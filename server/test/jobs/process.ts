/** Real processes that tests kill, freeze and thaw. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface TestProcess {
  pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process has ended, however. */
  ended: Promise<void>;
  /** What it wrote, once it has ended by itself. @throws Error with its error output when it failed */
  lines(): Promise<string[]>;
}

const started = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** @param script a file beside this one */
export function startProcess(script: string, args: string[]): TestProcess {
  const child = spawn(process.execPath, [new URL(script, import.meta.url).pathname, ...args], { stdio: 'pipe' });
  started.add(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  const ended = once(child, 'close').then(() => void started.delete(child));
  return {
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    ended,
    async lines() {
      await ended;
      if (child.exitCode !== 0) throw new Error(`${script} failed: ${errors}`);
      return output.split('\n').filter(Boolean);
    },
  };
}
