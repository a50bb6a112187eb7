/** Writes docs/configuration.md from the table of settings; `--check` fails when it has drifted. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SETTINGS } from '../server/src/config.ts';

const FILE = 'docs/configuration.md';

const HEAD = `# Configuration

Every setting is an environment variable; an empty one counts as left out. None is needed to try Hostwright. A wrong value
stops the start and says what it must be. \`hostwright doctor\` tells whether what is set works.

`;

const HEADINGS = ['Variable', 'Default', 'What it does'];

const rows = Object.entries(SETTINGS).map(([name, { default: fallback, help }]) => [
  `\`${name}\``,
  fallback === undefined ? '' : `\`${fallback}\``,
  help,
]);
const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const made = `${HEAD}${[line(HEADINGS), line(HEADINGS.map(() => '---')), ...rows.map(line)].join('\n')}\n`;

if (!process.argv.includes('--check')) writeFileSync(FILE, made);
else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== made) {
  console.error(`${FILE} does not fit server/src/config.ts; run \`npm run configuration\` and commit it.`);
  process.exitCode = 1;
}
