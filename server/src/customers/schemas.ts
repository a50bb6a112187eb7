import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { blankLine, currency, id, idParams, instant, listQuery, minor, pageOf } from '../kit/shapes.ts';
import { emailAddress, password, staffRole } from '../staff/schemas.ts';

const tag = 'Customers';

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

// Session: the one sign-in for customers and staff.
export const sessionOut = z
  .object({
    kind: z.enum(['visitor', 'customer', 'staff']),
    user: z.object({ id, name: z.string(), email: z.string(), emailVerified: z.boolean() }).nullable(),
    customerId: id.nullable(),
    role: z.union([staffRole, z.enum(['owner', 'billing', 'technical'])]).nullable(),
    permissions: z.array(z.string()),
    shop: z.object({
      name: z.string(),
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
  body: z.object({ email: emailAddress, password: z.string().max(200) }),
  ok: sessionOut,
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
  summary: 'Change the profile',
  body: profileShape,
  ok: customerOut,
});

// Admin
export const listCustomers = endpoint({
  method: 'get',
  path: '/customers',
  tag,
  access: 'customers:read',
  summary: 'Customers',
  query: listQuery,
  ok: pageOf(customerOut),
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
