import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useApiQuery } from '../../api/client.ts';
import type { ListPath, ParamsOf, RowOf } from '../../api/types.ts';

const SHOWN = 20;

interface Choice {
  value: string;
  label: string;
}

interface FoundSelectProps<P extends ListPath> {
  label: string;
  description?: ReactNode;
  placeholder?: string;
  /** An API path that answers keyset pages and knows `search`. */
  path: P;
  choiceOf: (row: RowOf<P>) => Choice;
  /** Which rows cannot be chosen; all can when not given. */
  refused?: (row: RowOf<P>) => boolean;
  chosen: Choice | null;
  onChoose: (row: RowOf<P>) => void;
}

/** One of many rows, found by typing: the server searches, since a list may be too long to be sent. */
export function FoundSelect<P extends ListPath>(props: FoundSelectProps<P>) {
  const { path, choiceOf, refused, chosen, onChoose, ...shown } = props;
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, 200);
  // What is chosen stands in the field itself: opening the list again is not a search for it.
  const search = settled === chosen?.label ? '' : settled.trim();
  const found = useApiQuery(path, { query: { limit: SHOWN, ...(search ? { search } : {}) } } as ParamsOf<P>, {
    keepPrevious: true,
  });
  // A `ListPath` answers a page of `RowOf` it; TypeScript cannot see through the generic.
  const rows = ((found.data as { items: RowOf<P>[] } | undefined)?.items ?? []).filter((row) => !refused?.(row));
  const choices = rows.map(choiceOf);
  const missing = chosen !== null && !choices.some(({ value }) => value === chosen.value);
  return (
    <Select
      {...shown}
      withAsterisk
      searchable
      allowDeselect={false}
      error={found.error?.detail}
      nothingFoundMessage={found.isFetching ? 'Searching …' : 'Nothing matches.'}
      data={missing && !search ? [chosen, ...choices] : choices}
      filter={({ options }) => options}
      value={chosen?.value ?? null}
      onSearchChange={setTyped}
      onChange={(value) => {
        const row = rows.find((one) => choiceOf(one).value === value);
        if (row) onChoose(row);
      }}
    />
  );
}
