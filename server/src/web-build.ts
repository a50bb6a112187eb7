/** The built web application: made when it is missing or older than its sources. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const WEB = path.join(import.meta.dirname, '../../web');
const BUILT = path.join(WEB, 'dist/index.html');
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'];

/** An installation without sources, such as a container, is served as it was built. */
export function isWebBuildNeeded(): boolean {
  if (!existsSync(path.join(WEB, 'src'))) return false;
  if (!existsSync(BUILT)) return true;
  const builtAt = statSync(BUILT).mtimeMs;
  return SOURCES.some((name) => newestIn(path.join(WEB, name)) > builtAt);
}

function newestIn(entry: string): number {
  if (!existsSync(entry)) return 0;
  const { mtimeMs } = statSync(entry);
  if (!statSync(entry).isDirectory()) return mtimeMs;
  // A folder's own time tells of removed files.
  return Math.max(mtimeMs, ...readdirSync(entry).map((name) => newestIn(path.join(entry, name))));
}

/** @throws Error with what the build printed when it fails */
export async function buildWeb(): Promise<void> {
  const vite = path.join(WEB, '../node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: WEB,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The web application was not built:\n${printed}`);
}
