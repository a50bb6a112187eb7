/** Moving a service to another package, for staff and for its owner. */
import type { Context } from '../kit/context.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { askOwnPackageChange, askPackageChange } from './ask-package-change.ts';
import { listPackageChanges } from './list-package-changes.ts';
import { listOwnPackages, listPackages } from './list-packages.ts';
import * as schemas from './package-change-schemas.ts';
import { asQuote, presentPackageChange } from './present-package-change.ts';
import { quoteOwnPackageChange, quotePackageChange } from './quote-package-change.ts';
import { withdrawOwnPackageChange, withdrawPackageChange } from './withdraw-package-change.ts';

export function packageChangeRoutes(add: AddRoute): void {
  add(schemas.listPackageChanges, (ctx, { query }) => listPackageChanges(ctx, query));
  add(schemas.listPackages, (ctx, { params }) => listPackages(ctx, { serviceId: params.id }));
  add(schemas.quotePackageChange, async (ctx, { params, body }) =>
    asQuote(await quotePackageChange(ctx, { ...body, serviceId: params.id })),
  );
  add(schemas.readPackageChange, (ctx, { params }) => presentPackageChange(ctx, { serviceId: params.id }));
  add(schemas.askPackageChange, async (ctx, { params, body }) => {
    await askPackageChange(ctx, { ...body, serviceId: params.id });
    return presentPackageChange(ctx, { serviceId: params.id });
  });
  add(schemas.withdrawPackageChange, async (ctx, { params }) => {
    await withdrawPackageChange(ctx, { serviceId: params.id });
    return presentPackageChange(ctx, { serviceId: params.id });
  });

  add(schemas.listOwnPackages, (ctx, { params }) => listOwnPackages(ctx, own(ctx, params.id)));
  add(schemas.quoteOwnPackageChange, async (ctx, { params, body }) =>
    asQuote(await quoteOwnPackageChange(ctx, { ...body, ...own(ctx, params.id) })),
  );
  add(schemas.readOwnPackageChange, (ctx, { params }) => presentPackageChange(ctx, own(ctx, params.id)));
  add(schemas.askOwnPackageChange, async (ctx, { params, body }) => {
    await askOwnPackageChange(ctx, { ...body, ...own(ctx, params.id) });
    return presentPackageChange(ctx, own(ctx, params.id));
  });
  add(schemas.withdrawOwnPackageChange, async (ctx, { params }) => {
    await withdrawOwnPackageChange(ctx, own(ctx, params.id));
    return presentPackageChange(ctx, own(ctx, params.id));
  });
}

const own = (ctx: Context, serviceId: string) => ({ serviceId, customerId: ownCustomerId(ctx.actor) });
