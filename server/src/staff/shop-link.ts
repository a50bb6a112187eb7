import type { App } from '../kit/context.ts';

/** A page of the shop as a full address, for mails and the terminal. */
export function shopLink(app: App, path: string, query: Record<string, string> = {}): string {
  const { publicUrl, host, port } = app.config;
  const link = new URL(path, publicUrl ?? `http://${host}:${port}`);
  for (const [name, value] of Object.entries(query)) link.searchParams.set(name, value);
  return link.href;
}
