/** Stripe's requests are forms whose names nest: `line_items[0][price_data][currency]=eur`. */

export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

export function readForm(text: string): Form {
  const root: Form = {};
  for (const [name, value] of new URLSearchParams(text)) put(root, name.replaceAll(']', '').split('['), value);
  return withLists(root) as Form;
}

function put(root: Form, path: string[], value: string): void {
  let here = root;
  for (const [index, part] of path.entries()) {
    // `expand[]` has no number: it goes behind what is there.
    const name = part === '' ? String(Object.keys(here).length) : part;
    if (index === path.length - 1) here[name] = value;
    else {
      here[name] ??= {};
      here = here[name] as Form;
    }
  }
}

function withLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, FormValue] => [name, withLists(inner)]);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

export const textOf = (value: FormValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const formOf = (value: FormValue | undefined): Form =>
  typeof value === 'object' && !Array.isArray(value) ? value : {};
export const listOf = (value: FormValue | undefined): FormValue[] => (Array.isArray(value) ? value : []);
export const marksIn = (value: FormValue | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(formOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
