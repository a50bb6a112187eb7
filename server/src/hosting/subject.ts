/** A service with what acting on it needs: its product, its owner, and where its account is. */
import {
  type AccountRef,
  type Fields,
  fieldsSchema,
  type ModuleDefinition,
  NeedsStaff,
  type Values,
} from '@hostwright/sdk';
import type { App } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { NotFound } from '../kit/errors.ts';

export type Subject = Awaited<ReturnType<typeof readSubject>>;

/** @throws NotFound `service_not_found` */
export async function readSubject(db: Db, serviceId: string) {
  const row = await db
    .selectFrom('service')
    .innerJoin('product', 'product.id', 'service.productId')
    .innerJoin('customer', 'customer.id', 'service.customerId')
    .selectAll('service')
    .select([
      'product.name as productName',
      'product.moduleId',
      'product.moduleSettings',
      'product.serverGroupId',
      'product.withDns',
      'product.withCertificate',
      'product.withMailbox',
      'product.withDatabase',
      'customer.email',
      'customer.firstName',
      'customer.lastName',
      'customer.company',
      'customer.locale',
    ])
    .where('service.id', '=', serviceId)
    .executeTakeFirst();
  if (!row) throw new NotFound('service_not_found', { serviceId });
  return row;
}

export const lockService = (db: Db, serviceId: string) =>
  db
    .selectFrom('service')
    .select(['id', 'state', 'suspendCause', 'nextDueOn'])
    .where('id', '=', serviceId)
    .forUpdate()
    .executeTakeFirst();

/**
 * The module of a product.
 * @throws NeedsStaff `module_missing` when its folder is not loaded
 */
export function moduleOf(app: App, moduleId: string): ModuleDefinition {
  const module = app.modules.get(moduleId);
  if (module) return module;
  throw new NeedsStaff('The control panel cannot be reached just now.', {
    code: 'module_missing',
    detail: `Module "${moduleId}" is not loaded. See Modules for the reason.`,
  });
}

/** What the panel and we call the account. */
export function accountRef(subject: Pick<Subject, 'id' | 'remoteId' | 'username' | 'domain'>): AccountRef {
  return {
    reference: subject.id,
    ...(subject.remoteId === null ? {} : { remoteId: subject.remoteId }),
    username: subject.username ?? '',
    domain: subject.domain,
  };
}

/**
 * The product's module settings, with those overridden that an option of the same code names.
 * @throws NeedsStaff `settings_invalid` when they do not fit the module (any more)
 */
export function productSettings(
  module: ModuleDefinition,
  subject: { moduleSettings: unknown; optionValues: unknown; productName: string },
): Values<Fields> {
  const options = Object.entries(subject.optionValues as Record<string, unknown>).filter(
    ([code]) => code in module.product,
  );
  return parseSettings(
    module.product,
    { ...(subject.moduleSettings as object), ...Object.fromEntries(options) },
    `product "${subject.productName}"`,
  );
}

/** What the customer answered when ordering. @throws NeedsStaff `settings_invalid` */
export const orderAnswers = (
  module: ModuleDefinition,
  subject: { orderAnswers: unknown; number: bigint },
): Values<Fields> =>
  parseSettings(module.order ?? {}, subject.orderAnswers as object, `the order of service ${subject.number}`);

function parseSettings(fields: Fields, values: object, where: string): Values<Fields> {
  const parsed = fieldsSchema(fields).safeParse(values);
  if (parsed.success) return parsed.data as Values<Fields>;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new NeedsStaff('The product is not set up completely.', {
    code: 'settings_invalid',
    detail: `The module's settings of ${where} do not fit: ${issues}. Correct them and retry.`,
  });
}
