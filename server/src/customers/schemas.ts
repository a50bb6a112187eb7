import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { CUSTOMER_RIGHTS } from '../kit/permissions.ts';
import { blankLine, currency, id, idParams, instant, line, listQuery, minor, pageOf } from '../kit/shapes.ts';
import { emailAddress, invitationLimit, invitationOut, password, sessionsOut, staffRole } from '../staff/schemas.ts';

const tag = 'Customers';

/** Asked for with `code_required` of those who have a second factor. */
const code = z
  .string()
  .trim()
  .max(20)
  .optional()
  .openapi({ description: 'Of the authenticator app, or a backup code; when `code_required` was answered.' });

/** Two-letter ISO 3166 code, or empty while unknown. */
const country = z
  .union([z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code'), z.literal('')])
  .default('');

/** What a customer tells about itself. Last name and company may be empty. */
export const profileShape = z.object({
  firstName: blankLine(),
  lastName: blankLine(),
  company: blankLine(),
  addressLine1: blankLine(),
  addressLine2: blankLine(),
  postalCode: blankLine(20),
  city: blankLine(),
  region: blankLine(),
  country,
  phone: blankLine(40),
  taxId: blankLine(60),
  locale: z.string().max(35).default('en'),
});

export const customerOut = z
  .object({
    id,
    number: z.int(),
    email: z.string(),
    name: z.string().openapi({ description: 'How to address them: names, else company, else e-mail.' }),
    ...profileShape.shape,
    currency: z.string(),
    emailVerified: z.boolean(),
    createdAt: instant,
    credit: z.array(z.object({ currency, amountMinor: minor })),
  })
  .openapi('Customer');

export const customerRole = z.enum(['owner', 'billing', 'technical']);
const userOut = z
  .object({
    userId: id,
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    role: customerRole,
    twoFactor: z.boolean(),
    createdAt: instant,
  })
  .openapi('CustomerUser');

// Session: the one sign-in for customers and staff.
export const sessionOut = z
  .object({
    kind: z.enum(['visitor', 'customer', 'staff']),
    user: z.object({ id, name: z.string(), email: z.string(), emailVerified: z.boolean() }).nullable(),
    customerId: id.nullable(),
    role: z.union([staffRole, customerRole]).nullable(),
    permissions: z.array(z.string()),
    customerRights: z.array(z.enum(CUSTOMER_RIGHTS)),
    secondFactorMissing: z
      .boolean()
      .openapi({ description: 'Staff who can do nothing before they set up a second factor.' }),
    impersonator: z
      .object({ userId: id, name: z.string(), until: instant })
      .nullable()
      .openapi({ description: 'The member of staff who acts as this customer.' }),
    shop: z.object({
      name: z.string(),
      headline: z.string(),
      intro: z.string(),
      address: z.string().openapi({ description: 'Several lines.' }),
      supportEmail: z.string(),
      taxId: z.string(),
      currencies: z.array(currency),
      termsUrl: z.string(),
      demo: z.boolean(),
      setUpNeeded: z.boolean(),
      demoLogins: z
        .array(z.object({ label: z.string(), email: z.string(), password: z.string() }))
        .openapi({ description: 'Only in the demo shop.' }),
    }),
  })
  .openapi('Session');

export const readSession = endpoint({
  method: 'get',
  path: '/session',
  tag: 'Session',
  access: 'public',
  summary: "Who is asking, what they may do, and the shop's public facts",
  ok: sessionOut,
});
export const signIn = endpoint({
  secret: true,
  method: 'post',
  path: '/session',
  tag: 'Session',
  access: 'public',
  summary: 'Sign in; sets the session cookie',
  body: z.object({ email: emailAddress, password: z.string().max(200), code }),
  ok: sessionOut,
});
export const sendSignInLink = endpoint({
  method: 'post',
  path: '/sign-in-link',
  tag: 'Session',
  access: 'public',
  summary: 'Mail a customer a link that signs in without a password; answers the same for unknown addresses',
  body: z.object({ email: emailAddress }),
});
export const signInByLink = endpoint({
  secret: true,
  method: 'post',
  path: '/session/link',
  tag: 'Session',
  access: 'public',
  summary: 'Sign in with the token from the mail; sets the session cookie',
  body: z.object({ token: z.string().max(2000), code }),
  ok: sessionOut,
});
export const readInvitation = endpoint({
  secret: true,
  method: 'post',
  path: '/invitations/read',
  tag: 'Session',
  access: 'public',
  summary: 'What the invitation of a link is to',
  body: z.object({ token: z.string().max(2000) }),
  ok: z.object({
    email: z.string(),
    role: z.string(),
    customerName: z.string().nullable().openapi({ description: 'Empty when it is to the staff of the shop.' }),
    own: z.boolean().openapi({ description: 'Whether the customer itself is meant, whom staff added.' }),
  }),
});
export const acceptInvitation = endpoint({
  secret: true,
  method: 'post',
  path: '/invitations/accept',
  tag: 'Session',
  access: 'public',
  summary: 'Make the login one was invited to; signs in',
  status: 201,
  body: z.object({ token: z.string().max(2000), name: line(), password }),
  ok: sessionOut,
});
export const endImpersonation = endpoint({
  method: 'delete',
  path: '/impersonation',
  tag: 'Session',
  access: 'session',
  impersonation: 'allowed',
  summary: 'Staff who act as a customer are themselves again; asking twice is fine',
});
export const changeEmail = endpoint({
  secret: true,
  method: 'post',
  path: '/account/email',
  tag: 'Account',
  access: 'session',
  summary: 'Mail a link to a new address; following it by `/confirm-email` changes the address to sign in with',
  body: z.object({ email: emailAddress, password: z.string().max(200) }),
});
export const signOut = endpoint({
  method: 'delete',
  path: '/session',
  tag: 'Session',
  access: 'public',
  summary: 'Sign out; asking twice is fine',
});
export const signUp = endpoint({
  secret: true,
  method: 'post',
  path: '/sign-up',
  tag: 'Session',
  access: 'public',
  summary: 'Open a customer account; signs in and mails a confirmation link',
  status: 201,
  body: profileShape.extend({ email: emailAddress, password, currency: currency.optional() }),
  ok: sessionOut,
});
export const confirmEmail = endpoint({
  secret: true,
  method: 'post',
  path: '/confirm-email',
  tag: 'Session',
  access: 'public',
  summary: 'Confirm an e-mail address with the token from the mail',
  body: z.object({ token: z.string().max(2000) }),
  ok: sessionOut,
});
export const sendConfirmation = endpoint({
  method: 'post',
  path: '/confirm-email/send',
  tag: 'Session',
  access: 'session',
  summary: 'Send the confirmation link again',
});
export const forgotPassword = endpoint({
  method: 'post',
  path: '/forgot-password',
  tag: 'Session',
  access: 'public',
  summary: 'Mail a reset link; answers the same for unknown addresses',
  body: z.object({ email: emailAddress }),
});
export const resetPassword = endpoint({
  secret: true,
  method: 'post',
  path: '/reset-password',
  tag: 'Session',
  access: 'public',
  summary: 'Choose a new password with the token from the mail; ends all sessions',
  body: z.object({ token: z.string().max(2000), password }),
});

// Portal
export const readProfile = endpoint({
  method: 'get',
  path: '/portal/profile',
  tag,
  access: 'customer',
  summary: "The customer's own profile",
  ok: customerOut,
});
export const writeProfile = endpoint({
  method: 'put',
  path: '/portal/profile',
  tag,
  access: 'customer',
  customerRight: 'billing',
  impersonation: 'allowed',
  summary: 'Change the profile',
  body: profileShape,
  ok: customerOut,
});

// Who else signs in for a customer
const users = { tag, access: 'customer', customerRight: 'owner', inPerson: true, impersonation: 'refused' } as const;
export const listOwnUsers = endpoint({
  ...users,
  impersonation: 'allowed',
  method: 'get',
  path: '/portal/users',
  summary: 'Who signs in for the customer',
  ok: z.object({ items: z.array(userOut) }),
});
export const changeOwnUser = endpoint({
  ...users,
  confirmedEmail: true,
  method: 'patch',
  path: '/portal/users/{id}',
  summary: 'Give a user another role',
  params: idParams,
  body: z.object({ role: customerRole }),
  ok: userOut,
});
export const removeOwnUser = endpoint({
  ...users,
  confirmedEmail: true,
  method: 'delete',
  path: '/portal/users/{id}',
  summary: 'Take a user off: the login is deleted',
  params: idParams,
});
export const listOwnInvitations = endpoint({
  ...users,
  impersonation: 'allowed',
  method: 'get',
  path: '/portal/invitations',
  summary: 'Who was invited and has not come yet',
  ok: z.object({ items: z.array(invitationOut) }),
});
export const inviteOwnUser = endpoint({
  ...users,
  confirmedEmail: true,
  limit: invitationLimit,
  method: 'post',
  path: '/portal/invitations',
  status: 201,
  summary: 'Mail somebody a link to become a user; the same address again gets another link and the new role',
  body: z.object({ email: emailAddress, role: customerRole }),
  ok: invitationOut,
});
export const withdrawOwnInvitation = endpoint({
  ...users,
  method: 'delete',
  path: '/portal/invitations/{id}',
  summary: 'Take an invitation back',
  params: idParams,
});

// Admin
export const listUsers = endpoint({
  method: 'get',
  path: '/customers/{id}/users',
  tag,
  access: 'customers:read',
  summary: 'Who signs in for a customer',
  params: idParams,
  ok: z.object({ items: z.array(userOut) }),
});
export const inviteUser = endpoint({
  method: 'post',
  path: '/customers/{id}/invitations',
  tag,
  access: 'customers:write',
  inPerson: true,
  limit: invitationLimit,
  status: 201,
  summary: 'Mail somebody a link to become a user of a customer',
  params: idParams,
  body: z.object({ email: emailAddress, role: customerRole }),
  ok: invitationOut,
});
export const resetUserTwoFactor = endpoint({
  method: 'post',
  path: '/customers/{id}/users/{userId}/reset-two-factor',
  tag,
  access: 'customers:write',
  inPerson: true,
  summary: "Take the second factor off a customer's user who lost it; they are told by mail",
  params: z.object({ id, userId: id }),
});
export const listUserSessions = endpoint({
  method: 'get',
  path: '/customers/{id}/users/{userId}/sessions',
  tag,
  access: 'customers:read',
  summary: "Where a customer's user is signed in",
  params: z.object({ id, userId: id }),
  ok: sessionsOut,
});
export const endUserSessions = endpoint({
  method: 'delete',
  path: '/customers/{id}/users/{userId}/sessions',
  tag,
  access: 'customers:write',
  summary: "Sign a customer's user out everywhere",
  params: z.object({ id, userId: id }),
});
export const impersonateCustomer = endpoint({
  method: 'post',
  path: '/customers/{id}/impersonate',
  tag,
  access: 'customers:impersonate',
  inPerson: true,
  summary: 'Act as a customer in this session for an hour: no payments, no passwords, no keys',
  params: idParams,
  ok: sessionOut,
});
export const listCustomers = endpoint({
  method: 'get',
  path: '/customers',
  tag,
  access: 'customers:read',
  summary: 'Customers',
  query: listQuery,
  ok: pageOf(customerOut),
});
export const addCustomer = endpoint({
  method: 'post',
  path: '/customers',
  tag,
  access: 'customers:write',
  limit: invitationLimit,
  status: 201,
  summary: 'Open an account for a customer, who is mailed a link to choose a password',
  body: profileShape.extend({ email: emailAddress, currency: currency.optional() }),
  ok: customerOut,
});
export const readCustomer = endpoint({
  method: 'get',
  path: '/customers/{id}',
  tag,
  access: 'customers:read',
  summary: 'A customer',
  params: idParams,
  ok: customerOut,
});
export const writeCustomer = endpoint({
  method: 'put',
  path: '/customers/{id}',
  tag,
  access: 'customers:write',
  summary: "Change a customer's profile",
  params: idParams,
  body: profileShape,
  ok: customerOut,
});
export const correctEmail = endpoint({
  method: 'put',
  path: '/customers/{id}/email',
  tag,
  access: 'customers:write',
  inPerson: true,
  limit: invitationLimit,
  summary: 'Put the address of a customer right for whom nobody signs in yet; a link goes to the new one',
  params: idParams,
  body: z.object({ email: emailAddress }),
  ok: customerOut,
});
