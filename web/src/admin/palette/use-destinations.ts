import { type Icon, IconBox, IconFileInvoice, IconServer, IconShoppingCart, IconUser } from '@tabler/icons-react';
import { useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { useCan } from '../../ui/session.tsx';
import type { NavSection } from '../../ui/side-shell.tsx';

export interface Destination {
  href: string;
  title: string;
  subtitle?: string;
  state?: string | null;
  icon: Icon;
}

/** Where a hit of a kind is looked at. */
const ROOMS = {
  customer: { room: 'customers', icon: IconUser },
  service: { room: 'services', icon: IconBox },
  order: { room: 'orders', icon: IconShoppingCart },
  invoice: { room: 'invoices', icon: IconFileInvoice },
  server: { room: 'servers', icon: IconServer },
} satisfies Record<Api<'SearchHit'>['kind'], { room: string; icon: Icon }>;

/**
 * Where the palette leads: what the shop knows by these words, then pages of the menu.
 * @param typed filters the pages at once
 * @param asked what the server is asked for, once typing rests
 */
export function useDestinations(nav: NavSection[], typed: string, asked: string) {
  const mayAsk = useCan()('customers:read') && asked !== '';
  const hits = useApiQuery('/api/v1/search', { query: { q: asked } }, { enabled: mayAsk, keepPrevious: true });
  const words = typed.toLowerCase();
  const pages: Destination[] = nav
    .flatMap(({ items }) => items)
    .filter(({ label }) => label.toLowerCase().includes(words))
    .map(({ href, label, icon }) => ({ href, title: label, icon }));
  const found: Destination[] = (mayAsk ? (hits.data?.items ?? []) : []).map((hit) => ({
    href: `/admin/${ROOMS[hit.kind].room}/${hit.id}`,
    title: hit.title,
    subtitle: hit.subtitle,
    state: hit.state,
    icon: ROOMS[hit.kind].icon,
  }));
  return {
    groups: [
      { label: 'Found', items: found },
      { label: 'Pages', items: pages },
    ],
    searching: mayAsk && (hits.isFetching || asked !== typed),
    refused: hits.error?.detail ?? null,
  };
}
