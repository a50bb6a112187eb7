import type { Context as HonoContext } from 'hono';
import type { Context } from '../kit/context.ts';
import type { AddRoute, Env } from '../kit/endpoint.ts';
import { ownCustomerId } from '../kit/own-customer.ts';
import { callerOf } from '../staff/caller.ts';
import { setCookies } from '../staff/cookies.ts';
import { identifySession, identifyUser } from '../staff/identify.ts';
import { invitationsOf } from '../staff/invitation.ts';
import { endSession, readSessionUser } from '../staff/login.ts';
import { asSession } from '../staff/present.ts';
import { acceptInvitation, readInvitation } from './accept-invitation.ts';
import { addCustomer } from './add-customer.ts';
import { changeEmail } from './change-email.ts';
import { changeUser } from './change-user.ts';
import { confirmEmail } from './confirm-email.ts';
import { correctEmail } from './correct-email.ts';
import { forgotPassword } from './forgot-password.ts';
import { endImpersonation, impersonateCustomer } from './impersonate-customer.ts';
import { inviteUser, withdrawUserInvitation } from './invite-user.ts';
import { asCustomer, asCustomers } from './present.ts';
import { customerPage } from './queries.ts';
import { readCustomer, readProfile } from './read-customer.ts';
import { readSession } from './read-session.ts';
import { removeUser } from './remove-user.ts';
import { resetPassword } from './reset-password.ts';
import { resetUserTwoFactor } from './reset-user-two-factor.ts';
import * as schemas from './schemas.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { sendSignInLink } from './send-sign-in-link.ts';
import { type NewSession, signIn } from './sign-in.ts';
import { signInByLink } from './sign-in-by-link.ts';
import { signUp } from './sign-up.ts';
import { endUserSessions, readUserSessions } from './user-sessions.ts';
import { usersOf } from './users.ts';
import { writeCustomer, writeProfile } from './write-customer.ts';

/** Thin on purpose: read the request, call one verb, present the result. */
export function customerRoutes(add: AddRoute): void {
  add(schemas.readSession, (ctx, { http }) => readSession(ctx, { sessionId: http.get('sessionId') }));
  add(schemas.signIn, async (ctx, { body, http }) =>
    answerSession(ctx, http, await signIn(ctx, { ...body, caller: callerOf(http) })),
  );
  add(schemas.signOut, async (ctx, { http }) => {
    setCookies(http, { cookies: await endSession(ctx.app, http.req.header('cookie') ?? '') });
  });
  add(schemas.signUp, async (ctx, { body: { email, password, currency, ...profile }, http }) => {
    const { session } = await signUp(ctx, { email, password, currency, profile, caller: callerOf(http) });
    return answerSession(ctx, http, session);
  });
  add(schemas.confirmEmail, async (ctx, { body, http }) => {
    await confirmEmail(ctx, body);
    return readSession(ctx, { sessionId: http.get('sessionId') });
  });
  add(schemas.sendConfirmation, (ctx) => sendConfirmation(ctx));
  add(schemas.forgotPassword, (ctx, { body, http }) => forgotPassword(ctx, { ...body, caller: callerOf(http) }));
  add(schemas.resetPassword, (ctx, { body }) => resetPassword(ctx, body));

  add(schemas.sendSignInLink, (ctx, { body, http }) => sendSignInLink(ctx, { ...body, caller: callerOf(http) }));
  add(schemas.signInByLink, async (ctx, { body, http }) =>
    answerSession(ctx, http, await signInByLink(ctx, { ...body, caller: callerOf(http) })),
  );
  add(schemas.readInvitation, (ctx, { body }) => readInvitation(ctx, body));
  add(schemas.acceptInvitation, async (ctx, { body, http }) =>
    answerSession(ctx, http, await acceptInvitation(ctx, { ...body, caller: callerOf(http) })),
  );
  add(schemas.changeEmail, (ctx, { body, http }) => changeEmail(ctx, { ...body, caller: callerOf(http) }));
  add(schemas.endImpersonation, (ctx, { http }) => endImpersonation(ctx, { sessionId: http.get('sessionId') }));

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
  add(schemas.addCustomer, async (ctx, { body: { email, currency, ...profile } }) => {
    const customerId = await addCustomer(ctx, { email, currency, profile });
    return asCustomer(ctx.db, await readCustomer(ctx, { customerId }));
  });
  add(schemas.readCustomer, async (ctx, { params }) =>
    asCustomer(ctx.db, await readCustomer(ctx, { customerId: params.id })),
  );
  add(schemas.writeCustomer, async (ctx, { params, body }) =>
    asCustomer(ctx.db, await writeCustomer(ctx, { customerId: params.id, profile: body })),
  );
  add(schemas.correctEmail, async (ctx, { params, body }) => {
    await correctEmail(ctx, { ...body, customerId: params.id });
    return asCustomer(ctx.db, await readCustomer(ctx, { customerId: params.id }));
  });

  userRoutes(add);
}

function userRoutes(add: AddRoute): void {
  add(schemas.listOwnUsers, async (ctx) => ({ items: await usersOf(ctx.db, ownCustomerId(ctx.actor)) }));
  add(schemas.changeOwnUser, (ctx, { params, body }) =>
    changeUser(ctx, { ...body, userId: params.id, customerId: ownCustomerId(ctx.actor) }),
  );
  add(schemas.removeOwnUser, (ctx, { params }) =>
    removeUser(ctx, { userId: params.id, customerId: ownCustomerId(ctx.actor) }),
  );
  add(schemas.listOwnInvitations, async (ctx) => ({ items: await invitationsOf(ctx.db, ownCustomerId(ctx.actor)) }));
  add(schemas.inviteOwnUser, (ctx, { body }) => inviteUser(ctx, { ...body, customerId: ownCustomerId(ctx.actor) }));
  add(schemas.withdrawOwnInvitation, (ctx, { params }) =>
    withdrawUserInvitation(ctx, { invitationId: params.id, customerId: ownCustomerId(ctx.actor) }),
  );

  add(schemas.listUsers, async (ctx, { params }) => {
    const { id } = await readCustomer(ctx, { customerId: params.id });
    return { items: await usersOf(ctx.db, id) };
  });
  add(schemas.inviteUser, (ctx, { params, body }) => inviteUser(ctx, { ...body, customerId: params.id }));
  add(schemas.resetUserTwoFactor, (ctx, { params }) =>
    resetUserTwoFactor(ctx, { customerId: params.id, userId: params.userId }),
  );
  add(schemas.listUserSessions, async (ctx, { params: { id, userId } }) => ({
    items: (await readUserSessions(ctx, { customerId: id, userId })).map(asSession),
  }));
  add(schemas.endUserSessions, (ctx, { params: { id, userId } }) => endUserSessions(ctx, { customerId: id, userId }));
  add(schemas.impersonateCustomer, async (ctx, { params, http }) => {
    const sessionId = http.get('sessionId');
    await impersonateCustomer(ctx, { customerId: params.id, sessionId });
    const session = await readSessionUser(ctx.app, http.req.header('cookie') ?? '');
    return readSession(ctx, { actor: session && (await identifySession(ctx.app, session)), sessionId });
  });
}

async function answerSession(ctx: Context, http: HonoContext<Env>, session: NewSession) {
  setCookies(http, session);
  return readSession(ctx, { actor: (await identifyUser(ctx.app, session.userId)) ?? { kind: 'visitor' } });
}
