/** Who asks. Written into every event, audit row and operation. */
export type StaffRole = 'owner' | 'admin' | 'billing' | 'support' | 'read_only';
export type CustomerRole = 'owner' | 'billing' | 'technical';

/** A login, as what it is at this moment. */
export type Person =
  /**
   * `impersonatedBy` is the member of staff who acts as this customer: what is done is done by both.
   * `emailUnconfirmed`: nobody has shown yet that the address is theirs, so nothing is given that would last.
   */
  | {
      kind: 'customer';
      userId: string;
      customerId: string;
      role: CustomerRole;
      impersonatedBy?: string;
      emailUnconfirmed?: true;
    }
  /** Without the second factor the shop asks of staff, somebody may do nothing but set it up. */
  | { kind: 'staff'; userId: string; role: StaffRole; secondFactorMissing?: true };

export type Actor =
  | { kind: 'visitor' }
  | Person
  /** A key acts for who made it, narrowed to its scopes. */
  | { kind: 'api_key'; keyId: string; scopes: string[]; owner: Person }
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
    case 'customer': {
      const key = `customer:${actor.userId}`;
      return actor.impersonatedBy === undefined ? key : `${key} by staff:${actor.impersonatedBy}`;
    }
    case 'staff':
      return `staff:${actor.userId}`;
    case 'api_key':
      return `api_key:${actor.keyId}`;
    case 'job':
    case 'system':
      return `${actor.kind}:${actor.name}`;
    default:
      return actor satisfies never;
  }
}
