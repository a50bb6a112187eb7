#!/usr/bin/env node
// The one entry point: `npm start`, `npx hostwright <command>` and the containers come through here.
// Plain JavaScript on purpose: an older Node must be able to read it and say what is wrong.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const tooOld = major < 22 || (major === 22 && minor < 18);
const bundledNode = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

if (!tooOld) {
  await import('../src/cli.ts');
} else if (existsSync(bundledNode) && process.env.HOSTWRIGHT_RELAUNCHED === undefined) {
  const { status, signal } = spawnSync(bundledNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, HOSTWRIGHT_RELAUNCHED: '1' },
  });
  process.exitCode = signal ? 1 : (status ?? 1);
} else {
  console.error(
    `Hostwright needs Node.js 22.18 or newer; this is ${process.versions.node}. Run \`npm ci\` first: it brings Node.js 24 along.`,
  );
  process.exitCode = 1;
}
