import type { Api, InputOf } from '../../api/types.ts';
import { declaredValues, filledIn } from '../../ui/declared-fields.tsx';

export type ServerBody = InputOf<'/api/v1/servers', 'post'>['body'];
type Settings = ServerBody['settings'];

/** What the server form holds; blank numbers are '' while somebody types. */
export interface ServerDraft extends Record<string, unknown> {
  name: string;
  moduleId: string;
  serverGroupId: string;
  hostname: string;
  port: number | '';
  tlsMode: ServerBody['tlsMode'];
  tlsFingerprint: string;
  settings: Settings;
  maxAccounts: number | '';
  weight: number | '';
  concurrency: number | '';
  nameservers: string[];
  maintenance: boolean;
}

/** The form of a stored server, or of a new one on a module. Secrets start blank, which keeps what is stored. */
export function draftOf(server: Api<'Server'> | null, module: Api<'Module'> | undefined, groupId = ''): ServerDraft {
  return {
    name: server?.name ?? '',
    moduleId: server?.moduleId ?? module?.id ?? '',
    serverGroupId: server?.serverGroupId ?? groupId,
    hostname: server?.hostname ?? '',
    port: server?.port ?? module?.defaultPort ?? '',
    tlsMode: server?.tlsMode ?? 'verify',
    tlsFingerprint: server?.tlsFingerprint ?? '',
    settings: declaredValues(module?.serverFields ?? [], server?.settings),
    maxAccounts: server?.maxAccounts ?? '',
    weight: server?.weight ?? 1,
    concurrency: server?.concurrency ?? module?.defaultConcurrency ?? 1,
    nameservers: server?.nameservers ?? [],
    maintenance: server?.maintenance ?? false,
  };
}

/** What a connection needs, as the API takes it, saved or not. */
export const connectionOf = (draft: ServerDraft) => ({
  moduleId: draft.moduleId,
  hostname: draft.hostname,
  port: Number(draft.port),
  tlsMode: draft.tlsMode,
  tlsFingerprint: draft.tlsMode === 'pin' && draft.tlsFingerprint ? draft.tlsFingerprint.trim() : null,
  settings: filledIn(draft.settings),
});

/** @param position where the stored server stands among its peers; the form does not change it */
export const bodyOf = (draft: ServerDraft, position: number): ServerBody => ({
  ...connectionOf(draft),
  serverGroupId: draft.serverGroupId,
  name: draft.name,
  maxAccounts: draft.maxAccounts === '' ? null : draft.maxAccounts,
  weight: draft.weight === '' ? 1 : draft.weight,
  concurrency: draft.concurrency === '' ? 1 : draft.concurrency,
  nameservers: draft.nameservers,
  maintenance: draft.maintenance,
  position,
});
