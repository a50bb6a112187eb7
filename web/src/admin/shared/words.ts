/** The words staff read for the codes the API speaks, one table per list of codes. */
import type { Api } from '../../api/types.ts';

export const ACTION_WORDS = {
  create: 'Create',
  suspend: 'Suspend',
  unsuspend: 'Unsuspend',
  terminate: 'Terminate',
  changePackage: 'Change package',
  changePassword: 'Change password',
  renew: 'Renew',
} satisfies Record<Api<'OperationSummary'>['action'], string>;

export const OPERATION_STATE_WORDS = {
  planned: 'Planned',
  running: 'Running',
  waiting: 'Waiting',
  done: 'Done',
  failed: 'Failed',
  needs_staff: 'Needs staff',
} satisfies Record<Api<'OperationSummary'>['state'], string>;

export const WAIT_REASON_WORDS = {
  retry: 'It failed and is tried again by itself.',
  server_busy: 'The server is busy with as many calls as it may take at once.',
  server_unavailable: 'The server does not answer; it is tried again once it does.',
  no_capacity: 'Every server of the group is full. Add a server, or raise the account limit of one.',
  queued: 'Queued behind other work.',
} satisfies Record<NonNullable<Api<'OperationSummary'>['waitReason']>, string>;

export const STRATEGY_WORDS = {
  least_loaded: 'Least loaded first',
  fill_first: 'Fill one server, then the next',
  weighted: 'By weight',
} satisfies Record<Api<'ServerGroup'>['strategy'], string>;

export const TLS_MODE_WORDS = {
  verify: 'Verify the certificate',
  pin: 'Accept one certificate by its fingerprint',
  off: 'Do not check',
} satisfies Record<Api<'Server'>['tlsMode'], string>;

export const ROLE_WORDS = {
  owner: 'Owner',
  admin: 'Administrator',
  billing: 'Billing',
  support: 'Support',
  read_only: 'Read only',
} satisfies Record<Api<'Staff'>['role'], string>;

export const ROLE_HELP = {
  owner: 'May do everything, and alone manages staff.',
  admin: 'Runs the shop; may do everything but manage staff.',
  billing: 'Customers, orders, invoices and payments.',
  support: 'Services and operations; reads customers, orders and invoices.',
  read_only: 'Reads, changes nothing.',
} satisfies Record<Api<'Staff'>['role'], string>;

export const CUSTOMER_ROLE_WORDS = {
  owner: 'Owner',
  billing: 'Billing',
  technical: 'Technical',
} satisfies Record<Api<'CustomerUser'>['role'], string>;

/** Choices of a select, from a table of words. */
export const choicesOf = <T extends string>(words: Record<T, string>) =>
  Object.entries<string>(words).map(([value, label]) => ({ value: value as T, label }));
