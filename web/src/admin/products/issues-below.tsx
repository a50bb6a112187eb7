import { List, Text } from '@mantine/core';
import type { ApiForm } from '../../ui/form.tsx';
import type { ProductDraft } from './product-draft.ts';

/** Errors of a part of the form that is edited as a whole, such as the grid of prices, told once below it. */
export function IssuesBelow({ form, path }: { form: ApiForm<ProductDraft>; path: string }) {
  const issues = Object.entries(form.errors).filter(([name]) => name === path || name.startsWith(`${path}.`));
  if (issues.length === 0) return null;
  return (
    <List size="sm" mt="sm" c="var(--mantine-color-error)" listStyleType="none" tabIndex={-1} aria-invalid="true">
      {issues.map(([name, message]) => (
        <List.Item key={name}>
          <Text size="sm" inherit>
            {name === path ? '' : `${name.slice(path.length + 1)}: `}
            {message}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
