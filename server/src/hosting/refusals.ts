/** Why each verb of a service cannot be used now, for its button; null when it can. */
import { type ModuleDefinition, OPERATION_NAMES, type OperationName } from '@hostwright/sdk';
import { refusal } from './lifecycle.ts';

export type Refusals = Record<OperationName | 'signOn', string | null>;

export function refusalsOf(
  service: { state: string; suspendCause: string | null; serverId: string | null },
  { module, openAction }: { module: ModuleDefinition | undefined; openAction: string | null },
): Refusals {
  const verbs = OPERATION_NAMES.map((action) => [
    action,
    refusal({ ...service, openAction, lacks: lacks(module, action) }, action),
  ]);
  return { ...Object.fromEntries(verbs), signOn: signOnRefusal(service, module) };
}

/** A renewal is written down even where the panel needs not hear of it. */
const lacks = (module: ModuleDefinition | undefined, action: OperationName) =>
  action !== 'renew' && module !== undefined && module[action] === undefined;

export function signOnRefusal(
  service: { state: string; serverId: string | null },
  module: ModuleDefinition | undefined,
): string | null {
  if (service.state !== 'active' || service.serverId === null)
    return `A service that is ${service.state} cannot be signed on to.`;
  return module?.signOn === undefined ? 'The control panel module cannot do this.' : null;
}
