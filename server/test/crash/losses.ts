import type { World } from '../world.ts';

export interface Findings {
  losses: string[];
  counts: Record<string, number>;
}

/** Everything that would be a broken promise, looked for on the panels, in the mail that arrived and in our own tables. */
export async function findLosses(world: World): Promise<Findings> {
  const { db } = world.app;
  const services = await db
    .selectFrom('service')
    .innerJoin('order', 'order.id', 'service.orderId')
    .innerJoin('invoice', 'invoice.id', 'order.invoiceId')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .select([
      'service.id',
      'service.domain',
      'service.username',
      'service.state',
      'invoice.state as invoiceState',
      'order.state as orderState',
      'customer.email',
    ])
    .execute();
  const accounts = world.panels.flatMap((panel) => panel.accounts());
  const losses: string[] = [];
  const messages = world.mailbox.messages();
  const mails = await db.selectFrom('mail').select(['template', 'causeId', 'messageId']).execute();
  let repeated = 0;
  for (const service of services) {
    if (service.invoiceState !== 'paid') losses.push(`${service.domain}: its invoice is ${service.invoiceState}`);
    if (service.state !== 'active') losses.push(`${service.domain}: the service is ${service.state}`);
    if (service.orderState !== 'active') losses.push(`${service.domain}: the order is ${service.orderState}`);
    const own = accounts.filter(({ domain }) => domain === service.domain);
    if (own.length !== 1) losses.push(`${service.domain}: ${own.length} accounts on the panels`);
    else if (own[0]?.username !== service.username)
      losses.push(`${service.domain}: the account is ${own[0]?.username}, not ${service.username}`);
    const welcomes = mails.filter(({ template, causeId }) => template === 'welcome' && causeId === service.id);
    const arrived = messages.filter(({ messageId }) => welcomes.some((mail) => mail.messageId === messageId));
    if (welcomes.length !== 1) losses.push(`${service.domain}: ${welcomes.length} welcome mails were written`);
    if (arrived.length === 0) losses.push(`${service.domain}: no welcome mail arrived`);
    if (!arrived.every(({ to }) => to.includes(service.email)))
      losses.push(`${service.domain}: a welcome mail went elsewhere`);
    repeated += Math.max(0, arrived.length - 1);
  }
  const domains = new Set(services.map(({ domain }) => domain));
  for (const { domain, username } of accounts)
    if (!domains.has(domain)) losses.push(`${username} (${domain}): an account without a service`);
  const open = await db.selectFrom('operation').selectAll().where('state', '<>', 'done').execute();
  for (const { serviceId, state, errorCode, errorDetail, waitReason } of open) {
    losses.push(
      `service ${serviceId}: an operation is ${state} ${waitReason ?? ''} ${errorCode ?? ''} ${errorDetail ?? ''}`,
    );
  }
  const unfinished = await db
    .selectFrom('jobStep')
    .select(['runId', 'name', 'state'])
    .where('state', 'not in', ['done', 'skipped'])
    .execute();
  for (const { runId, name, state } of unfinished) losses.push(`step "${name}" of ${runId} is ${state}`);
  const doubled = await db
    .selectFrom('placement')
    .select('serviceId')
    .where('releasedAt', 'is', null)
    .groupBy('serviceId')
    .having(({ fn }) => fn.countAll(), '>', 1)
    .execute();
  for (const { serviceId } of doubled) losses.push(`service ${serviceId} holds two places`);
  return {
    losses,
    counts: {
      services: services.length,
      'accounts on the panels': accounts.length,
      'mails delivered': messages.length,
      'welcome mails delivered again under the same Message-ID': repeated,
    },
  };
}
