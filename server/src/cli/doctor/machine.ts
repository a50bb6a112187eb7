import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.ts';
import { defaultDataFolder } from '../../kit/embedded-postgres/data-folder.ts';
import { isWebBuildNeeded } from '../../web-build.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** The Node every release is tested with; `engines` allows older ones. */
const TESTED_NODE = 24;
const WEB_PAGE = path.join(import.meta.dirname, '../../../../web/dist/index.html');
const LOW_MB = 1024;
const TOO_LOW_MB = 200;

/** Whatever can be told without a database. */
export async function examineMachine(config: Config): Promise<Finding[]> {
  return [examineNode(process.versions.node), await examineDisk(config), examineWeb()];
}

export function examineNode(version: string): Finding {
  if (Number.parseInt(version, 10) >= TESTED_NODE) return ok('Node.js', version);
  return warn(
    'Node.js',
    `${version} works, and releases are tested with ${TESTED_NODE}.`,
    `Install Node.js ${TESTED_NODE}, or start with \`npm start\`, which brings it along.`,
  );
}

async function examineDisk(config: Config): Promise<Finding> {
  const folder = config.dataFolder ?? defaultDataFolder();
  const { bavail, bsize } = await statfs(existingPart(folder));
  return judgeSpace(folder, (bavail * bsize) / 1024 ** 2);
}

/** @param freeMb what is free for us where the folder is */
export function judgeSpace(folder: string, freeMb: number): Finding {
  const message = `${Math.floor(freeMb)} MB free for ${folder}`;
  const whatToDo = 'Make room: PostgreSQL stops when the disk is full.';
  if (freeMb < TOO_LOW_MB) return fail('Disk', message, whatToDo);
  return freeMb < LOW_MB ? warn('Disk', message, whatToDo) : ok('Disk', message);
}

/** The folder itself is made by the first start. */
const existingPart = (folder: string): string => (existsSync(folder) ? folder : existingPart(path.dirname(folder)));

function examineWeb(): Finding {
  const subject = 'Web application';
  if (!existsSync(WEB_PAGE)) return warn(subject, 'It is not built.', 'Run `npm run build`; `start` does so too.');
  if (isWebBuildNeeded()) return warn(subject, 'It is older than its sources.', 'Run `npm run build` and restart.');
  return ok(subject, 'built');
}
