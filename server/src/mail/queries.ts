/** SQL for mails; no decisions. */
import type { Selectable } from 'kysely';
import type { Mail } from '../kit/database.generated.ts';
import type { Db, Tx } from '../kit/db.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { isOfCalled } from '../kit/search.ts';

export type MailRow = Selectable<Mail>;

export const mailById = (db: Db, id: string) =>
  db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirst();

export const lockMail = (tx: Tx, id: string) =>
  tx.selectFrom('mail').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Mails nobody has tried to send, oldest first: their job found no mail server. */
export const untriedMails = (db: Db, before: Date, limit: number) =>
  db
    .selectFrom('mail')
    .select(['id', 'correlationId'])
    .where('state', '=', 'queued')
    .where('attempts', '=', 0)
    .where('createdAt', '<', before)
    .orderBy('createdAt')
    .limit(limit)
    .execute();

export interface MailFilter extends PageRequest {
  search?: string | undefined;
  state?: string | undefined;
  customerId?: string | undefined;
  correlationId?: string | undefined;
}

/** Mails without their bodies; words are found in address and subject. */
export async function pageOfMails(db: Db, filter: MailFilter) {
  let query = db
    .selectFrom('mail')
    .select([
      'id',
      'template',
      'customerId',
      'toAddress',
      'subject',
      'state',
      'attempts',
      'error',
      'correlationId',
      'createdAt',
      'sentAt',
    ]);
  const { search, state, customerId, correlationId } = filter;
  if (state !== undefined) query = query.where('state', '=', state);
  if (customerId !== undefined) query = query.where('customerId', '=', customerId);
  if (correlationId !== undefined) query = query.where('correlationId', '=', correlationId);
  if (search) {
    query = query.where(await isOfCalled(db, 'mail.id', 'mail', search));
  }
  return paginate(query, filter, {
    db,
    id: 'id',
    sortable: { createdAt: 'createdAt' },
    fallback: '-createdAt',
  });
}
