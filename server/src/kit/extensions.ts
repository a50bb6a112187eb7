/**
 * Modules and gateways: folders found by looking. A folder that throws, or whose id or contract version does not
 * fit, is listed as not loaded with the reason and harms nothing.
 */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SDK_VERSION } from '@hostwright/sdk';

/** What modules and gateways have in common. */
interface Definition {
  sdk: number;
  id: string;
  name: string;
}

export interface FoundFolder {
  /** Name of the folder, which must be the id. */
  folder: string;
  path: string;
  state: 'loaded' | 'not_loaded';
  /** Why it was not loaded. */
  reason: string | null;
}

export interface Extensions<D extends Definition> {
  get(id: string): D | undefined;
  all(): D[];
  /** Every folder that was looked at, loaded or not. */
  folders(): FoundFolder[];
  /** Look again: new folders appear, changed ones are read anew, removed ones go. */
  rescan(): Promise<FoundFolder[]>;
}

/**
 * @param options.roots folders to look into; a missing one is an empty one; an id found twice keeps its first folder
 * @param options.accept refuses a definition by throwing, for example one that lacks a function
 */
export async function loadExtensions<D extends Definition>(options: {
  roots: string[];
  accept: (definition: D) => void;
}): Promise<Extensions<D>> {
  shareSdk();
  let loaded = new Map<string, D>();
  let folders: FoundFolder[] = [];
  const rescan = async () => {
    const nextLoaded = new Map<string, D>();
    const nextFolders: FoundFolder[] = [];
    for (const folder of await foldersIn(options.roots)) {
      const name = path.basename(folder);
      try {
        if (nextLoaded.has(name)) throw new Error(`A folder "${name}" was found before this one.`);
        nextLoaded.set(name, await loadFolder(folder, name, options.accept));
        nextFolders.push({ folder: name, path: folder, state: 'loaded', reason: null });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        nextFolders.push({ folder: name, path: folder, state: 'not_loaded', reason });
      }
    }
    loaded = nextLoaded;
    folders = nextFolders;
    return folders;
  };
  await rescan();
  return { get: (id) => loaded.get(id), all: () => [...loaded.values()], folders: () => folders, rescan };
}

async function foldersIn(roots: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const root of roots) {
    if (!existsSync(root)) continue;
    for (const entry of (await readdir(root, { withFileTypes: true })).sort((a, b) => a.name.localeCompare(b.name))) {
      if (!entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()))
        found.push(path.join(root, entry.name));
    }
  }
  return found;
}

/** @throws Error saying what does not fit; also checks one folder for `module check`. */
export async function loadFolder<D extends Definition>(
  folder: string,
  name: string,
  accept: (definition: D) => void,
): Promise<D> {
  const index = ['index.ts', 'index.js'].map((file) => path.join(folder, file)).find((file) => existsSync(file));
  if (!index) throw new Error('It has no index.ts or index.js.');
  // A changed file is a new address, so that a rescan reads it anew.
  const { mtimeMs } = await stat(index);
  const imported = (await import(`${pathToFileURL(index).href}?changed=${mtimeMs}`)) as { default?: D };
  const definition = imported.default;
  if (!definition || typeof definition !== 'object') throw new Error('Its index has no default export.');
  if (definition.sdk !== SDK_VERSION) {
    throw new Error(`It was written for SDK version ${definition.sdk}; this Hostwright speaks version ${SDK_VERSION}.`);
  }
  if (definition.id !== name) throw new Error(`Its id is "${definition.id}", but its folder is called "${name}".`);
  accept(definition);
  return definition;
}

let shared = false;

/** A folder outside the project imports `@hostwright/sdk` as those inside do: it gets ours. */
function shareSdk(): void {
  if (shared) return;
  shared = true;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@hostwright/sdk' || specifier.startsWith('@hostwright/sdk/')) {
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
      return next(specifier, context);
    },
  });
}
