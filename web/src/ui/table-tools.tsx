import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { TableUrl } from './table-url.ts';

export interface Filter {
  /** The API's query parameter. */
  name: string;
  label: string;
  choices: { value: string; label: string }[];
}

interface TableToolsProps {
  label: string;
  filters: Filter[];
  search: string | undefined;
  url: TableUrl;
}

/** Search and filters above a table. */
export function TableTools({ label, filters, search, url }: TableToolsProps) {
  const [words, setWords] = useState(url.search ?? '');
  const [known, setKnown] = useState(url.search);
  if (known !== url.search) {
    // The address changed from outside: the back button, or "Show everything".
    setKnown(url.search);
    setWords(url.search ?? '');
  }
  const look = useDebouncedCallback((typed: string) => {
    setKnown(typed || undefined);
    url.narrow({ search: typed });
  }, 250);
  return (
    <Group gap="sm" role="search" aria-label={label}>
      {search && (
        <TextInput
          flex="1 1 200px"
          maw={360}
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder={search}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            look(event.currentTarget.value);
          }}
        />
      )}
      {filters.map((filter) => (
        <Select
          key={filter.name}
          w={170}
          aria-label={filter.label}
          placeholder={filter.label}
          data={filter.choices}
          clearable
          clearButtonProps={{ 'aria-label': `Clear ${filter.label.toLowerCase()}` }}
          value={url.filters[filter.name] ?? null}
          onChange={(value) => url.narrow({ [filter.name]: value ?? undefined })}
        />
      ))}
    </Group>
  );
}
