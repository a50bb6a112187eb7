import type { Context as HonoContext } from 'hono';
import type { Context } from '../kit/context.ts';
import type { AddRoute, Env } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { identifyUser } from '../staff/identify.ts';
import { endSession, type SessionUser } from '../staff/login.ts';
import { callerOf, setCookies } from '../staff/session-http.ts';
import { confirmEmail } from './confirm-email.ts';
import { forgotPassword } from './forgot-password.ts';
import { asCustomer, asCustomers } from './present.ts';
import { customerPage } from './queries.ts';
import { readCustomer, readProfile } from './read-customer.ts';
import { readSession } from './read-session.ts';
import { resetPassword } from './reset-password.ts';
import * as schemas from './schemas.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';
import { writeCustomer, writeProfile } from './write-customer.ts';

/** Thin on purpose: read the request, call one verb, present the result. */
export function customerRoutes(add: AddRoute): void {
  add(schemas.readSession, (ctx) => readSession(ctx));
  add(schemas.signIn, async (ctx, { body, http }) =>
    answerSession(ctx, http, await signIn(ctx, { ...body, caller: callerOf(http) })),
  );
  add(schemas.signOut, async (ctx, { http }) => {
    setCookies(http, await endSession(ctx.app, http.req.header('cookie') ?? ''));
  });
  add(schemas.signUp, async (ctx, { body: { email, password, currency, ...profile }, http }) => {
    const { session } = await signUp(ctx, { email, password, currency, profile, caller: callerOf(http) });
    return answerSession(ctx, http, session);
  });
  add(schemas.confirmEmail, async (ctx, { body }) => {
    await confirmEmail(ctx, body);
    return readSession(ctx);
  });
  add(schemas.sendConfirmation, (ctx) => sendConfirmation(ctx));
  add(schemas.forgotPassword, (ctx, { body, http }) => forgotPassword(ctx, { ...body, caller: callerOf(http) }));
  add(schemas.resetPassword, (ctx, { body }) => resetPassword(ctx, body));

  add(schemas.readProfile, async (ctx) =>
    asCustomer(ctx.db, await readProfile(ctx, { customerId: ownCustomerId(ctx.actor) })),
  );
  add(schemas.writeProfile, async (ctx, { body }) =>
    asCustomer(ctx.db, await writeProfile(ctx, { customerId: ownCustomerId(ctx.actor), profile: body })),
  );

  add(schemas.listCustomers, async (ctx, { query }) => {
    const page = await customerPage(ctx.db, query.search, query);
    return { ...page, items: await asCustomers(ctx.db, page.items) };
  });
  add(schemas.readCustomer, async (ctx, { params }) =>
    asCustomer(ctx.db, await readCustomer(ctx, { customerId: params.id })),
  );
  add(schemas.writeCustomer, async (ctx, { params, body }) =>
    asCustomer(ctx.db, await writeCustomer(ctx, { customerId: params.id, profile: body })),
  );
}

async function answerSession(ctx: Context, http: HonoContext<Env>, session: SessionUser | undefined) {
  if (!session) return readSession(ctx, { kind: 'visitor' });
  setCookies(http, session.cookies);
  return readSession(ctx, (await identifyUser(ctx.app, session.userId)) ?? { kind: 'visitor' });
}
