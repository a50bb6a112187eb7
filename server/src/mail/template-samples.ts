/**
 * Every mail as one table: when it is sent, and what it is given, by example. Names that staff may write, previews,
 * checks of changed templates and tests all come from here. Each value says that it is a sample.
 */
import type { MailTemplate } from '../kit/outbox.ts';

type MailData = Record<string, unknown>;

export interface TemplateSample {
  name: string;
  /** When it is sent and to whom, in a sentence. */
  purpose: string;
  /** What it is given: first with everything there, then with what can be missing gone. */
  samples: readonly [MailData, ...MailData[]];
}

const customer = { name: 'Sample Customer' };
const hosting = { product: 'Sample Hosting', domain: 'sample-site.example' };
const mailbox = { address: 'info@sample-site.example', password: 'sample-mailbox-password' };
const database = { name: 'sample_db', user: 'sample_user', host: 'localhost', password: 'sample-database-password' };
const withoutPasswords = {
  mailbox: { ...mailbox, password: undefined },
  database: { ...database, user: undefined, host: undefined, password: undefined },
};
const invoiceUrl = 'https://shop.example/portal/invoices/sample';
const serviceUrl = 'https://shop.example/portal/services/sample';

const welcome = {
  serviceId: 'sample-service',
  firstName: 'Sample',
  ...hosting,
  username: 'sampleuser',
  password: 'sample-password',
  ipAddress: '192.0.2.10',
  serverHostname: 'sample-server.example',
  nameservers: ['ns1.sample-server.example', 'ns2.sample-server.example'],
  mailbox,
  database,
};
const login = { serviceId: 'sample-service', firstName: 'Sample', domain: hosting.domain };
const invoice = {
  ...customer,
  number: 'SAMPLE-1001',
  dueOn: 'January 31, 2027',
  lines: [
    { description: 'Sample Hosting, sample-site.example', amount: '$19.00' },
    { description: 'Sample set-up', amount: '$6.00' },
  ],
  total: '$25.00',
  paid: '$5.00',
  owed: '$20.00',
  charged: '$20.00',
  chargedTo: 'Sample card •••• 4242',
  chargedOn: 'January 31, 2027',
  url: invoiceUrl,
};
const notCharged = { charged: null, chargedTo: null, chargedOn: null };
const receipt = {
  ...customer,
  number: 'SAMPLE-R-1001',
  invoiceNumber: 'SAMPLE-1001',
  amount: '$20.00',
  receivedOn: 'January 24, 2027',
  method: 'Sample card',
  owed: '$5.00',
  credit: '$3.00',
  url: invoiceUrl,
};
const reminder = {
  ...customer,
  number: 'INV-2001',
  owed: '€12.00',
  dueOn: '31 January 2026',
  overdue: true,
  suspendsOn: '10 February 2026',
  charged: '€12.00',
  chargedTo: 'Sample card •••• 4242',
  chargedOn: '3 February 2026',
  url: invoiceUrl,
};
const aboutService = {
  ...customer,
  ...hosting,
  overdue: true,
  reason: 'This is a sample reason.',
  url: serviceUrl,
};
const aboutServicePlain = { ...aboutService, overdue: false, reason: null };
const declined = {
  ...customer,
  amount: '$20.00',
  invoiceNumber: 'SAMPLE-1001',
  message: 'This is a sample reason of the bank.',
  url: invoiceUrl,
};

export const TEMPLATE_SAMPLES: Record<MailTemplate, TemplateSample> = {
  welcome: {
    name: 'Welcome',
    purpose: 'Tells a customer how to begin, as soon as the hosting that was bought is set up.',
    samples: [
      welcome,
      {
        ...welcome,
        firstName: '',
        password: undefined,
        ipAddress: null,
        serverHostname: null,
        nameservers: [],
        mailbox: null,
        database: null,
      },
      { ...welcome, ...withoutPasswords },
    ],
  },
  login_details: {
    name: 'More login details',
    purpose: 'Tells a customer about a mailbox or a database that was ready only after the welcome mail.',
    samples: [
      { ...login, mailbox, database },
      { ...login, mailbox, database: null },
      { ...login, firstName: '', mailbox: null, database: withoutPasswords.database },
      { ...login, mailbox: withoutPasswords.mailbox, database: null },
    ],
  },
  invoice: {
    name: 'Invoice',
    purpose: 'Asks a customer for the money of a new invoice.',
    samples: [invoice, { ...invoice, paid: null, ...notCharged }, { ...invoice, ...notCharged }],
  },
  receipt: {
    name: 'Receipt',
    purpose: 'Thanks a customer for a payment, whole or in part.',
    samples: [receipt, { ...receipt, number: null, receivedOn: '', owed: null, credit: null }],
  },
  payment_declined: {
    name: 'Payment declined',
    purpose: 'Tells a customer that a payment did not go through, and how to pay.',
    samples: [declined, { ...declined, message: '' }],
  },
  payment_action_needed: {
    name: 'Confirm a payment',
    purpose: 'Asks a customer to confirm a payment that the bank does not let through on its own.',
    samples: [declined, { ...declined, message: '' }],
  },
  suspended: {
    name: 'Hosting suspended',
    purpose: 'Tells a customer that a service is offline, why, and what brings it back.',
    samples: [aboutService, aboutServicePlain],
  },
  unsuspended: {
    name: 'Hosting online again',
    purpose: 'Tells a customer that a suspended service is back.',
    samples: [aboutService, aboutServicePlain],
  },
  terminated: {
    name: 'Hosting removed',
    purpose: 'Tells a customer that a service has ended and its account is removed.',
    samples: [aboutService, aboutServicePlain],
  },
  reminder: {
    name: 'Reminder',
    purpose: 'Reminds a customer of an unpaid invoice, before or after its due day.',
    samples: [
      reminder,
      { ...reminder, overdue: false, suspendsOn: null, ...notCharged },
      { ...reminder, overdue: false },
    ],
  },
  cancellation_confirmed: {
    name: 'Cancellation confirmed',
    purpose: 'Tells a customer that a service was cancelled, and when it ends.',
    samples: [
      { ...customer, ...hosting, endsOn: '31 January 2026', url: serviceUrl },
      { ...customer, ...hosting, endsOn: null, url: serviceUrl },
    ],
  },
  confirm_email: {
    name: 'Confirm e-mail address',
    purpose: 'Asks somebody who signed up to confirm the address.',
    samples: [{ ...customer, url: 'https://shop.example/confirm-email?token=sample-token', hours: 24 }],
  },
  reset_password: {
    name: 'Choose a new password',
    purpose: 'Lets somebody who forgot the password choose a new one.',
    samples: [{ ...customer, url: 'https://shop.example/reset-password?token=sample-token', hours: 1 }],
  },
  sign_in_link: {
    name: 'Sign in without a password',
    purpose: 'Lets a customer who asked for it sign in by a link.',
    samples: [{ ...customer, url: 'https://shop.example/sign-in-link?token=sample-token', minutes: 10 }],
  },
  sign_in_changed: {
    name: 'Sign-in changed',
    purpose: 'Tells somebody that the password, the address or the codes they sign in with were changed.',
    samples: [{ ...customer, what: 'Your password was changed.', url: 'https://shop.example/forgot-password' }],
  },
  new_device: {
    name: 'New sign-in',
    purpose: 'Tells somebody about a sign-in with a browser that was not used for it before.',
    samples: [
      {
        ...customer,
        when: 'January 24, 2027 at 9:30:00 AM UTC',
        address: '192.0.2.20',
        browser: 'Sample browser',
        url: 'https://shop.example/account/security',
      },
    ],
  },
  invitation: {
    name: 'Invitation',
    purpose: 'Invites somebody to the staff of the shop, or to the users of a customer.',
    samples: [
      {
        into: 'the account of Sample Customer at Sample Shop',
        days: 7,
        url: 'https://shop.example/invitation?token=sample-token',
      },
    ],
  },
  staff_alert: {
    name: 'Alert',
    purpose: 'Tells owners and administrators of the shop that something waits for a person.',
    samples: [
      {
        message: 'This is a sample of something that waits for a person.',
        whatToDo: 'Nothing: it is a sample.',
        count: 3,
        url: 'https://shop.example/admin/alerts',
      },
    ],
  },
};
