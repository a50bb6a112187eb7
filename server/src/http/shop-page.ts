/** What of the shop stands in the page before any script has run: for tabs, search engines and links that are shared. */
import type { ShopSettings } from '../staff/settings.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** The built page with the shop's own title, description and name; a page without a title stays as it is. */
export function shopPage(
  template: string,
  { shopName, storeHeadline, storeIntro }: Pick<ShopSettings, 'shopName' | 'storeHeadline' | 'storeIntro'>,
): string {
  const title = storeHeadline ? `${shopName} · ${storeHeadline}` : shopName;
  const tags = [
    `<title>${escaped(title)}</title>`,
    `<meta property="og:title" content="${escaped(title)}" />`,
    `<meta property="og:site_name" content="${escaped(shopName)}" />`,
    ...(storeIntro
      ? ['name="description"', 'property="og:description"'].map(
          (name) => `<meta ${name} content="${escaped(storeIntro)}" />`,
        )
      : []),
  ];
  // By a function, since what owners write may hold a `$&`.
  return template.replace(/<title>[^<]*<\/title>/, () => tags.join('\n    '));
}

/** The shop's mark, as the store draws it: the first letter of its name. */
export const shopIcon = (shopName: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#3459d6"/>` +
  `<text x="16" y="22" text-anchor="middle" font-family="Inter, system-ui, sans-serif" font-size="17" ` +
  `font-weight="650" fill="#fff">${escaped([...shopName.trim()][0]?.toUpperCase() ?? '')}</text></svg>`;
