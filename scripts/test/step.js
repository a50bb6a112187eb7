import { spawn } from 'node:child_process';
import { seconds } from './duration.js';

const TAIL_LINES = 120;
const SIGN_OF_LIFE_MS = 60_000;
const STOPPING = ['SIGINT', 'SIGTERM'];

/**
 * Run the commands of a step one after the other, silently as long as they succeed.
 *
 * @returns what went wrong with the end of what was printed, or nothing
 */
export async function runStep({ commands, environment, minutes }, { root }) {
  const startedAt = Date.now();
  const deadline = startedAt + minutes * 60_000;
  const signOfLife = setInterval(() => console.log(`   … ${seconds(startedAt)}`), SIGN_OF_LIFE_MS);
  try {
    for (const command of commands) {
      const problem = await runCommand(command, { environment, root, deadline });
      if (problem) return problem;
    }
    return undefined;
  } finally {
    clearInterval(signOfLife);
  }
}

async function runCommand(command, { environment, root, deadline }) {
  const posix = process.platform !== 'win32';
  // A process group of its own, so that a hung step ends with everything it started.
  const child = spawn(`${command} 2>&1`, {
    shell: true,
    cwd: root,
    env: environment,
    detached: posix,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  const end = () => {
    if (posix) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  };
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    end();
  }, deadline - Date.now());
  const interrupted = () => {
    end();
    process.exit(130);
  };
  for (const signal of STOPPING) process.once(signal, interrupted);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(limit);
  for (const signal of STOPPING) process.off(signal, interrupted);
  if (code === 0) return undefined;
  const tail = printed.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  return `${tail}\n\n   ${command}: ${late ? 'was still running when its time was up' : `ended with ${code ?? 'a signal'}`}`;
}
