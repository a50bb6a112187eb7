/** The command line: `hostwright <command>`. Exit code 1 when a command fails, 2 when it was asked wrongly. */
import { CommanderError } from 'commander';
import { explain } from './cli/explain.ts';
import { createProgram } from './cli/program.ts';

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? refuseUsage(error) : fail(error);
}
// Everything of ours is closed. A connection that a module left open must not keep the command from ending.
process.stdout.write('', () => process.exit());

/** Commander has written its own words to standard error already, or the help that was asked for. */
function refuseUsage(error: CommanderError): number {
  if (error.exitCode === 0) return 0;
  if (inJson()) tell({ code: 'wrong_usage', message: error.message.replace(/^error: /, '') });
  return 2;
}

function fail(error: unknown): number {
  const explanation = explain(error);
  if (explanation === undefined)
    console.error(error); // a bug: its stack tells where
  else if (!inJson()) console.error(`${explanation.message} [${explanation.code}]`);
  if (inJson()) tell(explanation ?? { code: 'unexpected', message: messageOf(error) });
  return 1;
}

/** One JSON value on standard output, as every command prints with `--json`. */
function tell(error: { code: string; message: string }): void {
  console.log(JSON.stringify({ error }));
}

/** Asked of the words themselves: they may be wrong in a way that Commander never came to see the option. */
function inJson(): boolean {
  return process.argv.includes('--json');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
