/** A simulator as a process of its own: crash tests keep it outside the worker they kill, the demo runs it beside the shop. */
import { parseArgs } from 'node:util';
import type { SimulatorOptions, StartSimulator } from './simulator.ts';

/**
 * Start from command-line flags, print one JSON line `{hostname, port, fingerprint256, credentials}` on stdout, and
 * serve until SIGTERM or SIGINT, or until the parent goes when `--with-parent` is given and stdin closes.
 *
 * Flags: `--port`, `--state-file`, `--seed`, `--package` (repeatable), `--max-accounts`, `--locale en|pl`,
 * `--autossl-seconds`, `--with-parent`.
 *
 * @throws TypeError naming the flag and the value it cannot take.
 */
export async function runSimulatorProcess(start: StartSimulator, args = process.argv.slice(2)): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      'state-file': { type: 'string' },
      seed: { type: 'string' },
      package: { type: 'string', multiple: true },
      'max-accounts': { type: 'string' },
      locale: { type: 'string' },
      'autossl-seconds': { type: 'string' },
      'with-parent': { type: 'boolean' },
    },
  });
  const options: SimulatorOptions = {
    port: whole('--port', values.port) ?? 0,
    seed: whole('--seed', values.seed),
    maxAccounts: whole('--max-accounts', values['max-accounts']),
    stateFile: values['state-file'],
    packages: values.package,
    locale: language(values.locale),
    autosslSeconds: seconds('--autossl-seconds', values['autossl-seconds']),
  };
  const simulator = await start(options);
  const { hostname, port, fingerprint256, credentials } = simulator;
  console.log(JSON.stringify({ hostname, port, fingerprint256, credentials }));

  const stop = () => void simulator.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (values['with-parent']) process.stdin.once('end', stop).once('close', stop).resume();
}

function whole(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new TypeError(`${flag} needs a whole number, not "${value}".`);
  return number;
}

function seconds(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value === '' || !(number >= 0))
    throw new TypeError(`${flag} needs a number of seconds, 0 or more, not "${value}".`);
  return number;
}

function language(value = 'en'): 'en' | 'pl' {
  if (value === 'en' || value === 'pl') return value;
  throw new TypeError(`--locale is en or pl, not "${value}".`);
}
