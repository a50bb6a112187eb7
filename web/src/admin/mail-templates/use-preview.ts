import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api/client.ts';
import type { ApiProblem } from '../../api/problem.ts';
import type { Api } from '../../api/types.ts';

export type Part = keyof Api<'MailTemplateSource'>;

interface Preview {
  /** The latest that could be drawn; it stays while there is a mistake. */
  shown: Api<'MailPreview'> | undefined;
  problem: ApiProblem | null;
  /** What is wrong with a part, as a sentence. */
  mistakeIn: (part: Part) => string | undefined;
  /** The line of a part's mistake, from 1. */
  lineIn: (part: Part) => number | undefined;
}

/** What the server makes of a template while somebody types it. */
export function usePreview(key: string, source: Api<'MailTemplateSource'>): Preview {
  const [settled] = useDebouncedValue(JSON.stringify(source), 400);
  const preview = useQuery<Api<'MailPreview'>, ApiProblem>({
    queryKey: ['/api/v1/mail-templates/{key}/preview', key, settled],
    queryFn: ({ signal }) =>
      send('post', '/api/v1/mail-templates/{key}/preview', { path: { key }, body: JSON.parse(settled) }, { signal }),
  });
  const [shown, setShown] = useState(preview.data);
  if (preview.data && preview.data !== shown) setShown(preview.data);
  const { error } = preview;
  const places = (error?.details.places ?? {}) as Partial<Record<Part, { line: number }>>;
  return {
    shown: preview.data ?? shown,
    problem: error,
    mistakeIn: (part) => sentence(error?.issues.find(({ path }) => path === part)?.message),
    lineIn: (part) => places[part]?.line,
  };
}

const sentence = (message: string | undefined) => message && message.charAt(0).toUpperCase() + message.slice(1);
