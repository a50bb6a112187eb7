/** Who asks. Written into every event, audit row and operation. */
export type StaffRole = 'owner' | 'admin' | 'billing' | 'support' | 'read_only';
export type CustomerRole = 'owner' | 'billing' | 'technical';

export type Actor =
  | { kind: 'visitor' }
  | { kind: 'customer'; userId: string; customerId: string; role: CustomerRole }
  | { kind: 'staff'; userId: string; role: StaffRole }
  /** A key acts for its owner, narrowed to its scopes. */
  | {
      kind: 'api_key';
      keyId: string;
      scopes: string[];
      owner: { kind: 'staff'; userId: string; role: StaffRole } | { kind: 'customer'; customerId: string };
    }
  | { kind: 'job'; name: string }
  | { kind: 'system'; name: string };

/** The customer whose rows the actor may see, if it is one. */
export function customerIdOf(actor: Actor): string | undefined {
  if (actor.kind === 'customer') return actor.customerId;
  if (actor.kind === 'api_key' && actor.owner.kind === 'customer') return actor.owner.customerId;
  return undefined;
}

/** One text per actor, for idempotency keys and rate limits. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'visitor':
      return 'visitor';
    case 'customer':
    case 'staff':
      return `${actor.kind}:${actor.userId}`;
    case 'api_key':
      return `api_key:${actor.keyId}`;
    case 'job':
    case 'system':
      return `${actor.kind}:${actor.name}`;
    default:
      return actor satisfies never;
  }
}
