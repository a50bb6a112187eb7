/** What staff say to a proposed termination, and what makes it pointless. */
import type { Selectable } from 'kysely';
import { lockInvoice } from '../billing/queries.ts';
import { lockService } from '../hosting/subject.ts';
import { terminateService } from '../hosting/terminate-service.ts';
import { closeAlerts } from '../kit/alerts.ts';
import { today } from '../kit/calendar.ts';
import type { Context, TransactionContext } from '../kit/context.ts';
import type { TerminationProposal } from '../kit/database.generated.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { readShopSettings } from '../staff/settings.ts';
import { PROPOSED_ALERT } from './propose-terminations.ts';
import { isBeingPaid, isOverdue } from './queries.ts';

type Proposal = Selectable<TerminationProposal>;
type Decision = 'approved' | 'declined' | 'withdrawn';

/**
 * Have the account removed, with everything in it. Approving twice is fine.
 *
 * @param input.confirmDomain the service's domain, typed out
 * @throws NotFound; Invalid `domain_not_confirmed`
 * @throws Conflict `proposal_<state>` when it was decided otherwise, `service_not_overdue` when the money has come,
 *   `payment_in_progress` while it may be under way, and what `planAct` refuses
 */
export async function approveTermination(
  ctx: Context,
  input: { proposalId: string; confirmDomain: string },
): Promise<string> {
  allow(ctx.actor, 'services:write');
  return ctx.transaction(async (tx) => {
    const proposal = await lockProposal(tx, input.proposalId);
    if (proposal.state === 'approved') return proposal.id;
    refuseDecided(proposal);
    const { timeZone } = await readShopSettings(tx.db);
    if (!(await isOverdue(tx.db, proposal.serviceId, today(tx.clock, timeZone)))) {
      throw new Conflict('service_not_overdue', { serviceId: proposal.serviceId });
    }
    if (await isBeingPaid(tx.db, proposal.serviceId)) {
      throw new Conflict('payment_in_progress', { serviceId: proposal.serviceId });
    }
    await terminateService(tx, {
      serviceId: proposal.serviceId,
      confirmDomain: input.confirmDomain,
      idempotencyKey: `terminate:${proposal.serviceId}:proposal:${proposal.id}`,
    });
    await decide(tx, proposal, 'approved');
    return proposal.id;
  });
}

/**
 * Keep the account; nothing is proposed again for the same invoice. Declining twice is fine.
 * @throws NotFound; Conflict `proposal_<state>` when it was decided otherwise
 */
export async function declineTermination(ctx: Context, input: { proposalId: string }): Promise<string> {
  allow(ctx.actor, 'services:write');
  return ctx.transaction(async (tx) => {
    const proposal = await lockProposal(tx, input.proposalId);
    if (proposal.state === 'declined') return proposal.id;
    refuseDecided(proposal);
    await decide(tx, proposal, 'declined');
    return proposal.id;
  });
}

/** Consequence of `service.unsuspended` and `service.terminated`: there is nothing to decide any more. */
export async function withdrawProposal(tx: TransactionContext, { serviceId }: { serviceId: string }): Promise<void> {
  const proposal = await tx.db
    .selectFrom('terminationProposal')
    .selectAll()
    .where('serviceId', '=', serviceId)
    .where('state', '=', 'proposed')
    .forUpdate()
    .executeTakeFirst();
  if (proposal) await decide(tx, proposal, 'withdrawn');
}

/** The invoice is held first, so that it cannot be paid meanwhile, then the service, as by everybody who ends one. */
async function lockProposal(tx: TransactionContext, id: string): Promise<Proposal> {
  const found = await tx.db
    .selectFrom('terminationProposal')
    .select(['serviceId', 'invoiceId'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) throw new NotFound('proposal_not_found');
  await lockInvoice(tx.db, found.invoiceId);
  await lockService(tx.db, found.serviceId);
  return tx.db.selectFrom('terminationProposal').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

function refuseDecided({ id, state }: Proposal): void {
  if (state !== 'proposed') throw new Conflict(`proposal_${state}`, { proposalId: id });
}

async function decide(tx: TransactionContext, proposal: Proposal, state: Decision): Promise<void> {
  await tx.db
    .updateTable('terminationProposal')
    .set({ state, decidedAt: tx.clock.now(), decidedBy: JSON.stringify(tx.actor) })
    .where('id', '=', proposal.id)
    .execute();
  const subject = { kind: 'service', id: proposal.serviceId };
  await closeAlerts(tx, { kind: PROPOSED_ALERT, subject });
  await audit(tx, `termination.${state}`, subject, { before: { state: proposal.state }, after: { state } });
}
