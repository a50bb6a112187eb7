import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { send } from '../api/client.ts';
import type { ApiProblem } from '../api/problem.ts';
import type { Api } from '../api/types.ts';
import type { OptionValue } from '../ui/option-field.tsx';
import { PACKAGE_DOORS, type PackageDoor } from './package-doors.ts';

/** The package somebody wishes for; no product yet is the empty string. */
export type PackageWish = { productId: string; options: Record<string, OptionValue> };

/** Typing in a number field asks once it rests. */
const REST_MS = 200;

/** What the wish costs now, as the server reckons it when it is asked for; and whether that answer is to this wish. */
export function usePackageQuote(door: PackageDoor, serviceId: string, wish: PackageWish) {
  const wanted = JSON.stringify(wish);
  const [settled] = useDebouncedValue(wanted, REST_MS);
  const path = PACKAGE_DOORS[door].quote;
  const query = useQuery<Api<'PackageQuote'>, ApiProblem>({
    queryKey: [path, serviceId, settled],
    queryFn: ({ signal }) => send('post', path, { path: { id: serviceId }, body: JSON.parse(settled) }, { signal }),
    // What rests, not what is wished for: that is still nothing when a product was chosen just now.
    enabled: (JSON.parse(settled) as PackageWish).productId !== '',
    retry: false,
  });
  return { ...query, current: settled === wanted && query.data !== undefined };
}
