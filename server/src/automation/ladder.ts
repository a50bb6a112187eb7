/**
 * The overdue ladder and the renewals before it, in the order in which a night does them. Read it top to bottom: this is
 * what happens to a service whose period ends. A new rung is a new line here and a file that finds what has reached it.
 */
import { renewalsToCollect } from './collect-payments.ts';
import { endedTerms } from './end-terms.ts';
import { renewals } from './issue-renewals.ts';
import { terminationsToPropose } from './propose-terminations.ts';
import type { Rung, RungName } from './rung.ts';
import { invoicesToRemind } from './send-reminders.ts';
import { servicesToSuspend } from './suspend-overdue.ts';

export const LADDER: readonly Rung[] = [
  {
    name: 'end_of_term',
    countedFrom: 'end of the paid period',
    days: () => [0],
    does: 'Remove services that were cancelled for the end of their term.',
    due: endedTerms,
  },
  {
    name: 'renewal_invoice',
    countedFrom: 'end of the paid period',
    days: ({ renewalInvoiceDays }) => [-renewalInvoiceDays],
    does: 'Invoice the next period of services that go on; one invoice for all of a customer that are due on the same day.',
    due: renewals,
  },
  {
    name: 'collect',
    countedFrom: 'due day of the invoice',
    days: ({ collectDays }) => collectDays,
    repeats: true,
    does: "Pay a renewal from the customer's credit, and charge the rest to the payment method they saved. What is charged is not chased in the same night.",
    due: renewalsToCollect,
  },
  {
    name: 'remind',
    countedFrom: 'due day of the invoice',
    days: ({ reminderDays }) => reminderDays,
    repeats: true,
    does: 'Remind of an unpaid invoice by mail.',
    due: invoicesToRemind,
  },
  {
    name: 'suspend',
    countedFrom: 'due day of the invoice',
    days: ({ suspendAfterDays }) => [suspendAfterDays],
    does: 'Suspend the services of an unpaid invoice. Paying it brings them back within seconds.',
    due: servicesToSuspend,
  },
  {
    name: 'propose_termination',
    countedFrom: 'due day of the invoice',
    days: ({ terminateAfterDays }) => [terminateAfterDays],
    does: 'Ask staff whether to remove services that are still suspended. Nothing is removed without their approval.',
    due: terminationsToPropose,
  },
];

export function rungNamed(name: RungName): Rung {
  const rung = LADDER.find((candidate) => candidate.name === name);
  if (!rung) throw new TypeError(`The ladder has no rung ${name}.`);
  return rung;
}
