import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestContext, testContext } from '../../test/context.ts';
import { createHttp } from '../http/server.ts';
import { Conflict, Forbidden, NotFound } from '../kit/errors.ts';
import { type MailCatcher, startMailCatcher } from './catcher.ts';
import { mailById } from './queries.ts';
import { listMails, readMail } from './read-mails.ts';
import { resendMail } from './resend-mail.ts';
import { sendMailJob } from './send-mail.job.ts';

let shop: TestContext;
let mailbox: MailCatcher;
const nobody = '00000000-0000-7000-8000-000000000000';

beforeAll(async () => {
  mailbox = await startMailCatcher();
  shop = await testContext({ config: { smtpUrl: `smtp://127.0.0.1:${mailbox.port}` } });
  await shop.app.jobs.start(shop.app, [sendMailJob]);
});
afterAll(async () => {
  await shop.close();
  await mailbox.close();
});

const welcome = (to: string, key = `welcome:${to}`) =>
  shop.ctx.transaction((tx) =>
    tx.app.outbox.queue(tx, {
      template: 'welcome',
      to,
      data: {
        serviceId: nobody,
        firstName: 'Ada',
        product: 'Starter',
        domain: 'example.com',
        username: 'ada',
        password: 'p&ss"word<1>',
        ipAddress: null,
        serverHostname: null,
        nameservers: [],
        mailbox: { address: 'info@example.com', password: 'mailbox-pass-2' },
        database: null,
      },
      idempotencyKey: key,
    }),
  );

test('the customer gets the password, the row is encrypted, and staff see it struck out', async () => {
  const id = await welcome('ada@example.com');
  const caught = await mailbox.waitFor(({ to }) => to.includes('ada@example.com'));
  expect(caught.text).toContain('Password: p&ss"word<1>');
  const row = await mailById(shop.app.db, id);
  expect(JSON.stringify(row)).not.toContain('pass');
  const seen = await readMail(shop.as({ kind: 'staff', userId: nobody, role: 'support' }), id);
  expect(seen.html).toContain('•••');
  expect(`${seen.html}${seen.text}`).not.toMatch(/p&|&lt;1|mailbox-pass-2/);
});

test('a mail is sent again as it was, under another Message-ID, and only when it is not on its way', async () => {
  const id = await welcome('twice@example.com');
  await expect(resendMail(shop.ctx, id)).rejects.toThrow(Conflict);
  await shop.app.jobs.drained();
  await resendMail(shop.ctx, id);
  await shop.app.jobs.drained();
  const [first, second, ...more] = mailbox.messages().filter(({ to }) => to.includes('twice@example.com'));
  expect(more).toEqual([]);
  expect(second).toEqual({ ...first, messageId: second?.messageId });
  expect(second?.messageId).not.toBe(first?.messageId);
  expect(await mailById(shop.app.db, id)).toMatchObject({ state: 'sent', attempts: 1 });
  const audited = await shop.app.db.selectFrom('audit').select('action').where('subjectId', '=', id).execute();
  expect(audited).toEqual([{ action: 'mail.resent' }]);
});

test('mails are listed by state, address and trace', async () => {
  const id = await welcome('listed@example.com');
  await shop.app.jobs.drained();
  const row = await mailById(shop.app.db, id);
  const found = await listMails(shop.ctx, {
    limit: 10,
    search: 'listed@',
    state: 'sent',
    correlationId: row?.correlationId,
  });
  expect(found).toMatchObject({ total: 1, items: [{ id, toAddress: 'listed@example.com', template: 'welcome' }] });
  expect(found.items[0]).not.toHaveProperty('sealedBody');
});

test('who may not read mails is refused, and a mail that does not exist is not found', async () => {
  const customer = shop.as({ kind: 'customer', userId: nobody, customerId: nobody, role: 'owner' });
  await expect(listMails(customer, { limit: 1 })).rejects.toThrow(Forbidden);
  await expect(readMail(customer, nobody)).rejects.toThrow(Forbidden);
  await expect(resendMail(shop.as({ kind: 'staff', userId: nobody, role: 'support' }), nobody)).rejects.toThrow(
    Forbidden,
  );
  await expect(readMail(shop.ctx, nobody)).rejects.toThrow(NotFound);
  await expect(resendMail(shop.ctx, nobody)).rejects.toThrow(NotFound);
  expect((await createHttp(shop.app).request('/api/v1/mails')).status).toBe(401);
});

test('a template that staff have made is used; one that is broken is told once and the default goes out', async () => {
  const put = (html: string) =>
    shop.app.db
      .insertInto('mailTemplate')
      .values({ key: 'welcome', subject: 'Our {{ product }}', html, text: 'Hi', updatedAt: shop.clock.now() })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ html }))
      .execute();
  await put('<p>Dear {{ firstName }}</p>');
  await welcome('own@example.com');
  const own = await mailbox.waitFor(({ to }) => to.includes('own@example.com'));
  expect(own).toMatchObject({ subject: 'Our Starter', html: expect.stringContaining('Dear Ada') });
  await put('<p>Dear {{ nickname }}</p>');
  await welcome('broken1@example.com');
  await welcome('broken2@example.com');
  const broken = await mailbox.waitFor(({ to }) => to.includes('broken2@example.com'));
  expect(broken.subject).toBe('Starter for example.com is ready');
  const alerts = await shop.app.db
    .selectFrom('alert')
    .select('message')
    .where('kind', '=', 'mail_template_welcome')
    .execute();
  expect(alerts).toEqual([{ message: expect.stringContaining('nickname') }]);
});
