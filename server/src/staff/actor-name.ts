/** Who stands behind a stored actor, by name. */
import { sql } from 'kysely';

/** Columns for `actorName`: the people a row's actor names, where there are any. @param actor column that holds it */
export const actorPeople = (actor: 'audit.actor' | 'operation.actor') =>
  [
    sql<string | null>`(select login_user.name from login_user
      where login_user.id::text = coalesce(${sql.ref(actor)} ->> 'userId', ${sql.ref(actor)} -> 'owner' ->> 'userId'))`.as(
      'personName',
    ),
    sql<string | null>`(select login_user.name from login_user
      where login_user.id::text = ${sql.ref(actor)} ->> 'impersonatedBy')`.as('impersonatorName'),
  ] as const;

export function actorName(row: { actor: unknown; personName: string | null; impersonatorName: string | null }): string {
  const name = row.personName ?? withoutPerson(row.actor as { kind: string; name?: string });
  return row.impersonatorName === null ? name : `${row.impersonatorName} as ${name}`;
}

const WORDS: Record<string, string> = {
  customer: 'Customer',
  staff: 'Former staff',
  api_key: 'API key',
  visitor: 'Visitor',
  job: 'The shop',
};

const SYSTEMS: Record<string, string> = { cli: 'Command line', start: 'The shop', dispatcher: 'The shop' };

/** `webhook:stripe` and `return:stripe` are the gateway's word. */
const withoutPerson = ({ kind, name = '' }: { kind: string; name?: string }): string =>
  WORDS[kind] ?? SYSTEMS[name] ?? (/^(webhook|return):/.test(name) ? 'Payment gateway' : name || kind);
