import { type Command, InvalidArgumentError } from 'commander';

export interface Paging {
  limit: number;
  cursor?: string;
  search?: string;
}

const MOST = 200;

/** What every list takes. */
export const addPaging = (command: Command): Command =>
  command
    .option('--search <words>', 'only those with these words')
    .option('--limit <count>', `how many, up to ${MOST}`, wholeNumber(1, MOST), 50)
    .option('--cursor <cursor>', 'go on after a page, with the `nextCursor` it printed');

/** Reads an option's value. @throws InvalidArgumentError saying which numbers will do */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** How many more there are, below a list; nothing when it is whole. */
export const pageLine = ({
  items,
  total,
  nextCursor,
}: {
  items: unknown[];
  total: number;
  nextCursor: string | null;
}) => (nextCursor === null ? '' : `\n${items.length} of ${total}. Go on with --cursor ${nextCursor}`);
