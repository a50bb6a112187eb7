/** Filter, sort, columns and paging that every list function understands (`api.filter.a.field` and the like). */
import type { Outcome, Parameters } from './call.ts';

type Row = Record<string, unknown>;

/** The outcome with its list narrowed as the request asks, and what `metadata` says about that. */
export function withListControls(outcome: Outcome, list: string, parameters: Parameters): Outcome {
  const rows = outcome.data?.[list];
  if (!Array.isArray(rows) || !parameters.names().some((name) => name.startsWith('api.'))) return outcome;
  const metadata: Record<string, unknown> = {};
  let shown = rows as Row[];
  if (parameters.flag('api.filter.enable')) {
    const before = shown.length;
    shown = filtered(shown, parameters);
    if (parameters.flag('api.filter.verbose')) metadata.filter = { filtered: before - shown.length };
  }
  if (parameters.flag('api.sort.enable')) shown = sorted(shown, parameters);
  if (parameters.flag('api.chunk.enable')) {
    const { page, chunk } = paged(shown, parameters);
    shown = page;
    if (parameters.flag('api.chunk.verbose')) metadata.chunk = chunk;
  }
  if (parameters.flag('api.columns.enable')) {
    const columns = letters(parameters, 'api.columns').map((letter) => parameters.text(`api.columns.${letter}`));
    shown = shown.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => columns.includes(name))));
  }
  return { ...outcome, data: { ...outcome.data, [list]: shown }, metadata: { ...outcome.metadata, ...metadata } };
}

/** Letters in the order the panel applies them: a..z, za..zz. */
function letters(parameters: Parameters, prefix: string): string[] {
  const found = parameters.names().flatMap((name) => {
    const letter = name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1).split('.')[0] : undefined;
    return letter !== undefined && /^z*[a-z]$/.test(letter) ? [letter] : [];
  });
  return [...new Set(found)].sort((a, b) => a.length - b.length || a.localeCompare(b));
}

const UNLIMITED = /^(unlimited|none)$/i;

const TESTS: Record<string, (value: string, wanted: string) => boolean> = {
  contains: (value, wanted) => value.toLowerCase().includes(wanted.toLowerCase()),
  begins: (value, wanted) => value.startsWith(wanted),
  eq: (value, wanted) => value === wanted,
  '==': (value, wanted) => Number(value) === Number(wanted),
  lt: (value, wanted) => Number.parseFloat(value) < Number(wanted),
  lt_equal: (value, wanted) => Number.parseFloat(value) <= Number(wanted),
  gt: (value, wanted) => Number.parseFloat(value) > Number(wanted),
  gt_equal: (value, wanted) => Number.parseFloat(value) >= Number(wanted),
  lt_handle_unlimited: (value, wanted) => !UNLIMITED.test(value) && Number.parseFloat(value) < Number(wanted),
  gt_handle_unlimited: (value, wanted) => UNLIMITED.test(value) || Number.parseFloat(value) > Number(wanted),
};

function filtered(rows: Row[], parameters: Parameters): Row[] {
  return letters(parameters, 'api.filter').reduce((left, letter) => {
    const field = parameters.text(`api.filter.${letter}.field`) ?? '';
    const test = TESTS[parameters.text(`api.filter.${letter}.type`) ?? 'contains'];
    const wanted = parameters.text(`api.filter.${letter}.arg0`) ?? '';
    return test === undefined ? left : left.filter((row) => test(String(row[field] ?? ''), wanted));
  }, rows);
}

function sorted(rows: Row[], parameters: Parameters): Row[] {
  return letters(parameters, 'api.sort').reduceRight((list, letter) => {
    const field = parameters.text(`api.sort.${letter}.field`) ?? '';
    const compare = comparison(parameters.text(`api.sort.${letter}.method`) ?? 'lexicographic');
    const direction = parameters.flag(`api.sort.${letter}.reverse`) ? -1 : 1;
    return list.toSorted((a, b) => direction * compare(String(a[field] ?? ''), String(b[field] ?? '')));
  }, rows);
}

function comparison(method: string): (a: string, b: string) => number {
  const number = (text: string) => Number.parseFloat(text) || 0;
  const address = (text: string) => text.split('.').reduce((total, part) => total * 256 + Number(part), 0);
  switch (method) {
    case 'numeric':
      return (a, b) => number(a) - number(b);
    case 'numeric_zero_as_max':
      return (a, b) => (number(a) || Number.MAX_VALUE) - (number(b) || Number.MAX_VALUE);
    case 'ipv4':
      return (a, b) => address(a) - address(b);
    default:
      return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  }
}

/** `start` is the number of a record, counted from 1, not of a page. */
function paged(rows: Row[], parameters: Parameters) {
  const start = Number(parameters.text('api.chunk.start') ?? 1);
  const size = Number(parameters.text('api.chunk.size') ?? rows.length) || rows.length;
  const page = start === -1 ? rows : rows.slice(Math.max(0, start - 1), Math.max(0, start - 1) + size);
  const chunks = Math.ceil(rows.length / Math.max(1, size));
  const current = start === -1 ? 1 : Math.floor((start - 1) / Math.max(1, size)) + 1;
  return { page, chunk: { start, size, current, chunks, records: rows.length } };
}
