/** Every WHM function the simulated server knows, by name. */

import { may } from './access.ts';
import { changeFunctions } from './account-changes.ts';
import { creationFunctions } from './account-creation.ts';
import { listingFunctions } from './account-listing.ts';
import { backupFunctions } from './backups.ts';
import type { WhmFunction, WhmFunctions } from './call.ts';
import { certificateFunctions } from './certificates.ts';
import { dnsFunctions } from './dns.ts';
import { packageFunctions } from './packages.ts';
import { resellerFunctions } from './resellers.ts';
import { serverFunctions } from './server-info.ts';
import type { Sessions } from './sessions.ts';
import { tokenFunctions } from './tokens.ts';
import { uapiFunctions } from './uapi.ts';

/** @param port reads the simulator's own port, which session URLs carry; known once it listens */
export function whmFunctions(sessions: Sessions, port: () => number): ReadonlyMap<string, WhmFunction> {
  const all: WhmFunctions = {
    ...serverFunctions,
    ...packageFunctions,
    ...creationFunctions,
    ...listingFunctions,
    ...changeFunctions,
    ...resellerFunctions,
    ...dnsFunctions,
    ...certificateFunctions,
    ...tokenFunctions,
    ...backupFunctions,
    ...uapiFunctions,
    create_user_session: { acl: 'create-user-session', run: (call) => sessions.create(call, port()) },
    applist: {
      acl: 'basic-whm-functions',
      run: ({ caller }) => ({
        data: { app: [...functions].filter(([, { acl }]) => may(caller, acl)).map(([name]) => name) },
      }),
    },
  };
  const functions = new Map(Object.entries(all));
  return functions;
}
