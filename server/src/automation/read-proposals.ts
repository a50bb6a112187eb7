import { customerName } from '../customers/present.ts';
import type { Context } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { NotFound } from '../kit/errors.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';

const proposals = (db: Db) =>
  db
    .selectFrom('terminationProposal')
    .innerJoin('service', 'service.id', 'terminationProposal.serviceId')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .innerJoin('invoice', 'invoice.id', 'terminationProposal.invoiceId')
    .selectAll('terminationProposal')
    .select([
      'service.domain',
      'service.customerId',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.email',
      'invoice.number as invoiceNumber',
      'invoice.dueOn',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof proposals>['executeTakeFirstOrThrow']>>;

const asProposal = (row: Row) => ({ ...row, customerName: customerName(row) });

/** Proposed terminations, newest first. */
export async function listProposals(
  ctx: Context,
  filter: PageRequest & { state: string; serviceId?: string | undefined },
) {
  allow(ctx.actor, 'services:read');
  let rows = proposals(ctx.db);
  if (filter.state !== 'all') rows = rows.where('terminationProposal.state', '=', filter.state);
  if (filter.serviceId !== undefined) rows = rows.where('terminationProposal.serviceId', '=', filter.serviceId);
  const page = await paginate(rows, filter, {
    db: ctx.db,
    id: 'terminationProposal.id',
    sortable: { createdAt: 'terminationProposal.createdAt', dueOn: 'invoice.dueOn' },
    fallback: '-createdAt',
  });
  return { ...page, items: page.items.map(asProposal) };
}

/** @throws NotFound `proposal_not_found` */
export async function readProposal(ctx: Context, proposalId: string) {
  allow(ctx.actor, 'services:read');
  const row = await proposals(ctx.db).where('terminationProposal.id', '=', proposalId).executeTakeFirst();
  if (!row) throw new NotFound('proposal_not_found');
  return asProposal(row);
}
