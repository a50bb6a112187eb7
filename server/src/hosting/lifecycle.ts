/** Every legal move of a service, as a table. The buttons, the verbs and the docs read it. */
import type { OperationName } from '@hostwright/sdk';
import { Conflict } from '../kit/errors.ts';

export type ServiceState = 'pending' | 'active' | 'suspended' | 'terminated' | 'cancelled';

/** `state` is what the panel last confirmed, not what we hope for. `cancelled`: given up before there was an account. */
export const MOVES: Record<ServiceState, Partial<Record<OperationName, ServiceState>>> = {
  pending: { create: 'active' },
  active: {
    suspend: 'suspended',
    terminate: 'terminated',
    changePackage: 'active',
    changePassword: 'active',
    renew: 'active',
  },
  suspended: { suspend: 'suspended', unsuspend: 'active', terminate: 'terminated', renew: 'suspended' },
  terminated: {},
  cancelled: {},
};

interface Standing {
  state: string;
  suspendCause?: string | null;
}

export const can = (service: Standing, action: OperationName): boolean =>
  MOVES[service.state as ServiceState][action] !== undefined && !(action === 'suspend' && isCase(service));

/** Suspended by people. What only is overdue may become a case of theirs still. */
const isCase = ({ state, suspendCause }: Standing) => state === 'suspended' && suspendCause !== 'overdue';

const WORDS: Record<OperationName, string> = {
  create: 'made',
  suspend: 'suspended',
  unsuspend: 'brought back',
  terminate: 'terminated',
  changePackage: 'moved to another product',
  changePassword: 'given a new password',
  renew: 'renewed',
};

/** Why an action cannot be used now, as a sentence for its button; null when it can. */
export function refusal(
  service: Standing & { openAction: string | null; lacks?: boolean },
  action: OperationName,
): string | null {
  if (!can(service, action)) return `A service that is ${service.state} cannot be ${WORDS[action]}.`;
  if (service.lacks) return 'The control panel module cannot do this.';
  if (service.openAction !== null) return 'Another operation of this service is not over yet.';
  return null;
}

/** @throws Conflict `service_<state>` when the table has no such move. */
export function refuseUnless(service: Standing & { id: string }, action: OperationName): void {
  if (!can(service, action)) throw new Conflict(`service_${service.state}`, { serviceId: service.id, action });
}
