/** Services, for staff and for their owners. */
import type { Context } from '../kit/context.ts';
import type { AddRoute } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import type { OperationRow } from '../operations/queries.ts';
import { presentOperation } from '../operations/read-operations.ts';
import { changePackage } from './change-package.ts';
import { changeOwnPassword, changePassword } from './change-password.ts';
import { createAccount } from './create-account.ts';
import { packageChangeRoutes } from './package-change-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { listOwnServices, listServices, readOwnService, readService } from './read-services.ts';
import { renewService } from './renew-service.ts';
import { requestCancellation, requestOwnCancellation } from './request-cancellation.ts';
import { revealLogin } from './reveal-login.ts';
import * as schemas from './schemas.ts';
import { signOnOwnService, signOnService } from './sign-on.ts';
import { suspendService } from './suspend-service.ts';
import { terminateService } from './terminate-service.ts';
import { unsuspendService } from './unsuspend-service.ts';
import { readOwnServiceUsage, readServiceUsage } from './usage.ts';
import { withdrawCancellation, withdrawOwnCancellation } from './withdraw-cancellation.ts';

/** Thin on purpose: read the request, call one verb, present the result. */
export function hostingRoutes(add: AddRoute): void {
  add(schemas.listServices, (ctx, { query }) => listServices(ctx, query));
  add(schemas.readService, (ctx, { params }) => readService(ctx, params.id));
  add(schemas.readServiceUsage, (ctx, { params }) => readServiceUsage(ctx, params.id));
  add(schemas.createAccount, async (ctx, { params }) =>
    queued(ctx, await createAccount(ctx, { serviceId: params.id })),
  );
  add(schemas.suspendService, async (ctx, { params, body }) =>
    queued(ctx, await suspendService(ctx, { ...body, serviceId: params.id })),
  );
  add(schemas.unsuspendService, async (ctx, { params }) =>
    queued(ctx, await unsuspendService(ctx, { serviceId: params.id })),
  );
  add(schemas.terminateService, async (ctx, { params, body }) =>
    queued(ctx, await terminateService(ctx, { ...body, serviceId: params.id })),
  );
  add(schemas.changePackage, async (ctx, { params, body }) =>
    queued(ctx, await changePackage(ctx, { ...body, serviceId: params.id })),
  );
  add(schemas.changePassword, async (ctx, { params, body }) =>
    queued(ctx, await changePassword(ctx, { ...body, serviceId: params.id })),
  );
  add(schemas.renewService, async (ctx, { params, body }) =>
    queued(ctx, await renewService(ctx, { ...body, serviceId: params.id })),
  );
  add(schemas.requestCancellation, async (ctx, { params, body }) => {
    await requestCancellation(ctx, { ...body, serviceId: params.id });
    return readService(ctx, params.id);
  });
  add(schemas.withdrawCancellation, async (ctx, { params }) => {
    await withdrawCancellation(ctx, { serviceId: params.id });
    return readService(ctx, params.id);
  });
  add(schemas.signOnService, (ctx, { params }) => signOnService(ctx, { serviceId: params.id }));

  add(schemas.listOwnServices, (ctx, { query }) =>
    listOwnServices(ctx, { ...query, customerId: ownCustomerId(ctx.actor) }),
  );
  add(schemas.readOwnService, (ctx, { params }) => readOwnService(ctx, own(ctx, params.id)));
  add(schemas.readOwnServiceUsage, (ctx, { params }) => readOwnServiceUsage(ctx, own(ctx, params.id)));
  add(schemas.revealLogin, (ctx, { params }) => revealLogin(ctx, own(ctx, params.id)));
  add(schemas.signOnOwnService, (ctx, { params, body }) =>
    signOnOwnService(ctx, { ...own(ctx, params.id), app: body.app }),
  );
  add(schemas.changeOwnPassword, async (ctx, { params, body }) => {
    await changeOwnPassword(ctx, { ...own(ctx, params.id), ...body });
    return readOwnService(ctx, own(ctx, params.id));
  });
  add(schemas.requestOwnCancellation, async (ctx, { params, body }) => {
    await requestOwnCancellation(ctx, { ...own(ctx, params.id), ...body });
    return readOwnService(ctx, own(ctx, params.id));
  });
  add(schemas.withdrawOwnCancellation, async (ctx, { params }) => {
    await withdrawOwnCancellation(ctx, own(ctx, params.id));
    return readOwnService(ctx, own(ctx, params.id));
  });

  packageChangeRoutes(add);
  queueRoutes(add);
}

const own = (ctx: Context, serviceId: string) => ({ serviceId, customerId: ownCustomerId(ctx.actor) });

/** The operation stands for its job: every try of it is the same one to those who watch. */
const queued = async (ctx: Context, { id }: OperationRow) => ({
  jobId: id,
  operation: await presentOperation(ctx, id),
});
