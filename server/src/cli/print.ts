import type { Command } from 'commander';

/** What a command found out: a value for programs, and the same for people. */
export interface Answer {
  json: unknown;
  text: string;
}

/** With `--json` exactly one JSON value, otherwise the text, on standard output. */
export function print(command: Command, answer: Answer): void {
  console.log(wantsJson(command) ? JSON.stringify(answer.json, plain, 2) : answer.text);
}

export const wantsJson = (command: Command): boolean => command.optsWithGlobals<{ json?: boolean }>().json === true;

/** Amounts and numbers are `bigint` here and numbers in the API; so are they on the command line. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

type Cell = string | number | bigint | Date | null | undefined;

/** Columns as wide as their longest cell; what is not known is a dash. */
export function table(headings: string[], rows: Cell[][], whenEmpty: string): string {
  if (rows.length === 0) return whenEmpty;
  return aligned([headings.map((heading) => heading.toUpperCase()), ...rows.map((row) => row.map(cell))]);
}

/** Names and values below each other. */
export const facts = (pairs: Record<string, Cell>): string =>
  aligned(Object.entries(pairs).map(([name, value]) => [name, cell(value)]));

function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(value: Cell): string {
  if (value === null || value === undefined || value === '') return '-';
  if (value instanceof Date) return `${value.toISOString().slice(0, 19)}Z`;
  return String(value);
}
