import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const PACKAGES = ['chromium', 'fonts-noto-core'];

/**
 * Chromium and a font for the browser journeys: found, or installed when this is root on Debian or Ubuntu.
 * Sets CHROMIUM in `environment` for the journeys when it was not given.
 *
 * @returns what to do when there is none, or nothing
 */
export async function prepareBrowser(environment) {
  if (isReady(environment)) return undefined;
  if (process.getuid?.() === 0 && isOnPath('apt-get')) {
    console.log(`   installing ${PACKAGES.join(' and ')} …`);
    const apt = (...args) =>
      spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update');
    const { status, stdout, stderr } = apt('install', '-y', '--no-install-recommends', ...PACKAGES);
    if (status === 0 && isReady(environment)) return undefined;
    return `${stdout}${stderr}\n   apt-get did not install ${PACKAGES.join(' and ')}.`;
  }
  return [
    '   The browser journeys need Chromium and a font.',
    `   Debian and Ubuntu: sudo apt-get install ${PACKAGES.join(' ')}`,
    '   Elsewhere: install Chromium or Chrome and put its path into CHROMIUM.',
  ].join('\n');
}

function isReady(environment) {
  environment.CHROMIUM ||= BROWSERS.map(onPath).find((found) => found !== undefined);
  return environment.CHROMIUM !== undefined && existsSync(environment.CHROMIUM) && hasFonts();
}

/** Without any font Chromium draws boxes. Other systems than Linux have theirs. */
function hasFonts() {
  if (process.platform !== 'linux') return true;
  const listed = spawnSync('fc-list', { encoding: 'utf8' });
  return listed.status === 0 && listed.stdout.trim() !== '';
}

const isOnPath = (command) => onPath(command) !== undefined;

function onPath(command) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .find((file) => existsSync(file));
}
