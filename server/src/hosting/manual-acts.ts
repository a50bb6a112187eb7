/** Any act on a service by name, as the operator's queue takes them: what each asks for, and the verb that plans it. */
import type { OperationName } from '@hostwright/sdk';
import type { z } from 'zod';
import type { Context } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';
import type { OperationRow } from '../operations/queries.ts';
import { changePackage } from './change-package.ts';
import { changePassword } from './change-password.ts';
import { createAccount } from './create-account.ts';
import { renewService } from './renew-service.ts';
import { packageIn, passwordIn, renewalIn, suspensionIn, terminationIn, withoutBody } from './schemas.ts';
import { suspendService } from './suspend-service.ts';
import { terminateService } from './terminate-service.ts';
import { unsuspendService } from './unsuspend-service.ts';

type Plan = (ctx: Context, serviceId: string, parameters: Record<string, unknown>) => Promise<OperationRow>;

const ACTS: Record<OperationName, Plan> = {
  create: taking(withoutBody, (ctx, input) => createAccount(ctx, input)),
  suspend: taking(suspensionIn, (ctx, input) => suspendService(ctx, input)),
  unsuspend: taking(withoutBody, (ctx, input) => unsuspendService(ctx, input)),
  terminate: taking(terminationIn, (ctx, input) => terminateService(ctx, input)),
  changePackage: taking(packageIn, (ctx, input) => changePackage(ctx, input)),
  changePassword: taking(passwordIn, (ctx, input) => changePassword(ctx, input)),
  renew: taking(renewalIn, (ctx, input) => renewService(ctx, input)),
};

/**
 * Plan an act, with the parameters the service's own route for it takes.
 * @throws Invalid `bad_parameters` naming what does not fit the act; else as the act's verb
 */
export const planManually = (
  ctx: Context,
  { serviceId, action, parameters }: { serviceId: string; action: OperationName; parameters: Record<string, unknown> },
): Promise<OperationRow> => ACTS[action](ctx, serviceId, parameters);

function taking<S extends z.ZodObject>(
  schema: S,
  plan: (ctx: Context, input: z.output<S> & { serviceId: string }) => Promise<OperationRow>,
): Plan {
  return (ctx, serviceId, parameters) => {
    const parsed = schema.strict().safeParse(parameters);
    if (parsed.success) return plan(ctx, { ...(parsed.data as z.output<S>), serviceId });
    throw new Invalid('bad_parameters', {
      issues: parsed.error.issues.map(({ path, message }) => ({ path: ['parameters', ...path].join('.'), message })),
    });
  };
}
