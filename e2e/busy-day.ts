/** What fills the pages of the demo shop for pictures: months of customers, a week of orders, and what came of them. */
import type { APIRequestContext } from 'playwright-core';
import { request as requests } from 'playwright-core';
import { visitCheckout } from '../gateways/stripe/simulator/customer.ts';
import { read, readUntil, send } from './api.ts';
import type { MailedShop } from './mailed-shop.ts';
import { panelsOf } from './panels.ts';
import { asOwner, type Chapter, comeToRest, livePast, spendNight } from './past.ts';
import type { Newcomer } from './people.ts';
import { CARDS } from './stripe-page.ts';

const PASSWORD = 'a-long-password-for-a-day';

interface Buyer {
  firstName: string;
  lastName: string;
  company?: string;
  domain: string;
  product: string;
  cycle: string;
  options?: Record<string, string | number | boolean>;
  card?: string;
  byTransfer?: true;
  /** Days before today. */
  daysAgo: number;
}

const JONAS: Buyer = {
  firstName: 'Jonas',
  lastName: 'Weber',
  company: 'Weber Bikes',
  domain: 'weber-bikes.example',
  product: 'business',
  cycle: 'monthly',
  options: { package: 'business_plus', daily_backups: true },
  daysAgo: 5,
};
const MARTA: Buyer = {
  firstName: 'Marta',
  lastName: 'Lind',
  domain: 'harbour-bakery.example',
  product: 'starter',
  cycle: 'annually',
  daysAgo: 6,
};
const AISHA: Buyer = {
  firstName: 'Aisha',
  lastName: 'Khan',
  domain: 'khan-studio.example',
  product: 'agency',
  cycle: 'monthly',
  daysAgo: 3,
};
const LUCA: Buyer = {
  firstName: 'Luca',
  lastName: 'Moretti',
  domain: 'moretti-wine.example',
  product: 'business',
  cycle: 'annually',
  daysAgo: 2,
};
const SOFIE: Buyer = {
  firstName: 'Sofie',
  lastName: 'Berg',
  domain: 'fjord-guides.example',
  product: 'starter',
  cycle: 'monthly',
  daysAgo: 1,
};
/** His domain stands on the panels already. */
const TOM: Buyer = {
  firstName: 'Tom',
  lastName: 'Okafor',
  domain: 'okafor-law.example',
  product: 'starter',
  cycle: 'monthly',
  daysAgo: 0,
};
const NORA: Buyer = {
  firstName: 'Nora',
  lastName: 'Vance',
  domain: 'vance-pottery.example',
  product: 'business',
  cycle: 'triennially',
  byTransfer: true,
  daysAgo: 0,
};
const INES: Buyer = {
  firstName: 'Ines',
  lastName: 'Castro',
  domain: 'castro-dance.example',
  product: 'starter',
  cycle: 'monthly',
  card: CARDS.declined,
  daysAgo: 0,
};
/** What Jonas orders as well. */
const JONAS_SHOP = { ...JONAS, domain: 'weber-rental.example', product: 'starter', options: {}, daysAgo: 3 };
const BUYERS = [MARTA, JONAS, AISHA, LUCA, SOFIE, TOM, NORA, INES].toSorted(
  (one, other) => other.daysAgo - one.daysAgo,
);

const late = (firstName: string, lastName: string, domain: string): Newcomer => ({
  firstName,
  lastName,
  email: `${firstName.toLowerCase()}@${domain}`,
  password: PASSWORD,
  domain,
});

/** Suspended, with their removal proposed; suspended; overdue; invoiced for what comes next. */
const PAST: Chapter[] = [
  {
    bought: -96,
    nights: [-72, -64, -61, -55],
    people: [late('Elena', 'Rossi', 'rossi-ceramics.example'), late('Viktor', 'Hansen', 'hansen-repairs.example')],
  },
  { bought: -48, nights: [-24, -20, -7], people: [late('Grace', 'Adeyemi', 'adeyemi-prints.example')] },
  { bought: -34, nights: [-10], people: [late('Paula', 'Costa', 'costa-yoga.example')] },
  { bought: -28, nights: [], people: [late('Samuel', 'Osei', 'osei-tours.example')] },
];

/**
 * Live through it all, with the shop's own clock. On a shop that runs already it all happens today, and nobody is late.
 *
 * @param shop with a clock that can be moved and mails that can be read, unless it runs already
 * @returns a login whose customer owns two running services
 */
export async function fillShop(shop: Pick<MailedShop, 'url'> & Partial<MailedShop>) {
  const { url } = shop;
  const travels = shop.travelTo ? (shop as MailedShop) : undefined;
  if (travels) await livePast(travels, PAST);
  for (const buyer of BUYERS) {
    if (travels) await travels.travelTo(-buyer.daysAgo);
    if (buyer === TOM) await occupy(url, TOM.domain);
    const customer = await requests.newContext({ baseURL: url });
    await send(customer, '/api/v1/sign-up', personOf(buyer));
    await order(customer, buyer);
    if (travels && buyer === JONAS) await confirm(customer, await travels.linkTo(emailOf(JONAS), '/confirm-email'));
    await afterwards(customer, buyer);
    await customer.dispose();
    if (travels) await comeToRest(travels);
  }
  await asOwner(url, workOfStaff);
  if (travels) await spendNight(travels, 0);
  return { email: emailOf(JONAS), password: PASSWORD };
}

const occupy = (url: string, domain: string): Promise<void> =>
  asOwner(url, async (owner) => {
    for (const panel of await panelsOf({ request: owner }))
      await panel.addForeignAccount({ username: 'okaforla', domain });
  });

const emailOf = ({ firstName, domain }: Buyer) => `${firstName.toLowerCase()}@${domain}`;

const personOf = (buyer: Buyer) => ({
  firstName: buyer.firstName,
  lastName: buyer.lastName,
  ...(buyer.company ? { company: buyer.company } : {}),
  email: emailOf(buyer),
  password: PASSWORD,
  currency: 'USD',
});

/** What the shop answers to an order; `url` of the page where it is paid. */
interface Placed {
  order: { id: string };
  payment: { url?: string } | null;
}

async function order(customer: APIRequestContext, buyer: Buyer): Promise<void> {
  const { product, cycle, domain, options = {}, card = CARDS.pays, byTransfer } = buyer;
  const { id: productId } = await read<{ id: string }>(customer, `/api/v1/store/products/${product}`);
  const placed = await send<Placed>(customer, '/api/v1/portal/orders', {
    currency: 'USD',
    items: [{ productId, cycle, domain, options, answers: {} }],
    ...(byTransfer ? { gatewayId: 'manual' } : { gatewayId: 'stripe', payment: { keep: buyer === JONAS } }),
    acceptTerms: true,
  });
  if (!placed.payment?.url) return;
  const { returnedTo } = await visitCheckout(placed.payment.url, { number: card });
  if (returnedTo === null) return;
  await customer.get(returnedTo);
  await readUntil<{ progress: { services: { state: string; operationState: string | null }[] } }>(
    customer,
    `/api/v1/portal/orders/${placed.order.id}`,
    ({ progress }) => progress.services.every((one) => one.state === 'active' || one.operationState === 'needs_staff'),
  );
}

const confirm = (customer: APIRequestContext, link: string) =>
  send(customer, '/api/v1/confirm-email', { token: new URL(link).searchParams.get('token') });

/** What else they do in the portal. */
async function afterwards(customer: APIRequestContext, buyer: Buyer): Promise<void> {
  const { items } = await read<{ items: { id: string }[] }>(customer, '/api/v1/portal/services');
  const service = `/api/v1/portal/services/${items[0]?.id}`;
  switch (buyer) {
    case JONAS:
      await send(
        customer,
        '/api/v1/portal/profile',
        {
          ...personOf(JONAS),
          addressLine1: '14 Harbour Road',
          postalCode: '20457',
          city: 'Hamburg',
          country: 'DE',
          phone: '+49 40 5550 123',
          taxId: 'DE 123 456 789',
        },
        'put',
      );
      await order(customer, JONAS_SHOP);
      if (!(await read<{ user: { emailVerified: boolean } }>(customer, '/api/v1/session')).user.emailVerified) return;
      await send(customer, '/api/v1/portal/invitations', { email: 'accounts@weber-bikes.example', role: 'billing' });
      await send(customer, '/api/v1/portal/invitations', { email: 'mira@weber-bikes.example', role: 'technical' });
      await send(customer, '/api/v1/api-keys', { name: 'Deployment', scopes: ['portal', 'portal:technical'] });
      return;
    case MARTA:
      await send(customer, `${service}/request-cancellation`, {
        timing: 'end_of_term',
        reason: 'The bakery moves to a bigger site.',
      });
      return;
    case LUCA: {
      const { id: productId } = await read<{ id: string }>(customer, '/api/v1/store/products/agency');
      const { dueMinor } = await send<{ dueMinor: number }>(customer, `${service}/package-change/quote`, { productId });
      await send(customer, `${service}/package-change`, { productId, dueMinor });
      return;
    }
    default:
  }
}

/** A refund, some credit, a suspension, an exemption, a key and an invitation. */
async function workOfStaff(owner: APIRequestContext): Promise<void> {
  const idOf = async (path: string) =>
    (await read<{ items: { id: string }[] }>(owner, `${path}&limit=1`)).items[0]?.id ?? '';
  await send(owner, `/api/v1/payments/${await idOf('/api/v1/payments?search=Khan&state=settled')}/refunds`, {
    target: 'gateway',
    amountMinor: 1500,
    reason: 'The set-up fee, as promised on the telephone',
  });
  await send(owner, `/api/v1/customers/${await idOf('/api/v1/customers?search=Weber')}/credit`, {
    currency: 'USD',
    amountMinor: 2500,
    reason: 'For the trouble on Tuesday',
  });
  const sofies = await idOf(`/api/v1/services?search=${SOFIE.domain}`);
  await send(owner, `/api/v1/services/${sofies}/suspend`, {
    cause: 'abuse',
    reason: 'A page of this site asks visitors for the passwords of their bank.',
  });
  const jonas = await idOf(`/api/v1/services?search=weberb`);
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const exemptions = `/api/v1/services/${jonas}/exemptions`;
  const { version } = await read<{ version: string }>(owner, exemptions);
  const items = [{ rung: 'suspend', until, reason: 'Pays by transfer this month; the bank is slow.' }];
  await send(owner, exemptions, { version, items }, 'put');
  await send(owner, '/api/v1/api-keys', { name: 'Accounting export', scopes: ['billing:read', 'customers:read'] });
  await send(owner, '/api/v1/api-keys', { name: 'Status board', scopes: ['operations:read', 'servers:read'] });
  await send(owner, '/api/v1/staff/invitations', { email: 'hanna@demo.example', role: 'billing' });
}
