/** Mail as every room sees it: queued in the transaction of its cause, sent later. The mail room does the rest. */
import type { TransactionContext } from './context.ts';

export type MailTemplate =
  | 'welcome'
  | 'login_details'
  | 'invoice'
  | 'receipt'
  | 'confirm_email'
  | 'reset_password'
  | 'sign_in_link'
  | 'sign_in_changed'
  | 'new_device'
  | 'invitation'
  | 'staff_alert'
  | 'suspended'
  | 'unsuspended'
  | 'terminated'
  | 'payment_declined'
  | 'payment_action_needed'
  | 'reminder'
  | 'cancellation_confirmed';

export interface NewMail {
  template: MailTemplate;
  /** One address. */
  to: string;
  /** Whose mail it is: it is listed with this customer. */
  customerId?: string;
  /** What the template may name. It may hold secrets: the rendered body is encrypted, and nothing of it is logged. */
  data: Record<string, unknown>;
  /** Names this one mail for ever, for example `receipt:<paymentId>`. */
  idempotencyKey: string;
  /** What it was sent for, for timelines. */
  cause?: { kind: string; id: string };
}

export interface Outbox {
  /**
   * Store a mail and the job that sends it. A second call with the same `idempotencyKey` changes nothing.
   *
   * @returns the id of the mail
   */
  queue(tx: TransactionContext, mail: NewMail): Promise<string>;
}
