import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { Db } from '../kit/db.ts';
import { defaultDataFolder } from '../kit/embedded-postgres/data-folder.ts';
import { KeyringError, openKeyring } from '../kit/secrets.ts';
import { sealedSamples } from '../sealed-columns.ts';

/**
 * Which stored secrets the keys at hand do not open, a sentence each; none is what should be. Tries one value for every
 * table and key. Makes no key file.
 */
export async function closedSecrets(db: Db, config: Config): Promise<string[]> {
  const samples = await sealedSamples(db);
  if (samples.length === 0) return [];
  const file = path.join(config.dataFolder ?? defaultDataFolder(), 'hostwright.key');
  if (config.key === undefined && !existsSync(file)) {
    const keyIds = [...new Set(samples.map(({ keyId }) => keyId))].join(', ');
    return [
      `There is no key file ${file}, and the stored secrets need the key ${keyIds}. Put it there, or set HOSTWRIGHT_KEY.`,
    ];
  }
  const keyring = openKeyring({ given: config.key, file });
  return samples.flatMap(({ where, sealed, context }) => {
    try {
      keyring.open(sealed, context);
      return [];
    } catch (error) {
      if (error instanceof KeyringError) return [`${where}: ${error.message}`];
      throw error;
    }
  });
}
